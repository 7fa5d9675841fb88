"""One module for each kind of page, and what stands around all of them."""
