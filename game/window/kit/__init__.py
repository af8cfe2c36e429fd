"""The toolkit: colours, letters, shapes, and the dozen widgets that screens are built of."""
