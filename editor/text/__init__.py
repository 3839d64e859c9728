"""The body's Markdown as typed nodes, and those as HTML, plain words and Markdown again."""
