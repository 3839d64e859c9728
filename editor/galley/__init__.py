"""The galley: one story on paper, with numbered lines, its notes and room for a pencil.

It is what newspapers call a galley proof. `story` reads what is on it, `passages` and
`note_places` make words of that, `layout` and `sheets` set them, `pdf` writes them into a file.
Qt sets the type, and is imported only where that is done.
"""
