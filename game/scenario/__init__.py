"""The author's desk: from the files of a folder to a game, and every mistake on the way."""
