"""The body's Markdown as typed nodes, and the nodes as HTML, plain words and Markdown."""
