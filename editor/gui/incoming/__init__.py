"""Import text from outside: each line with the field it becomes, before anything is imported."""
