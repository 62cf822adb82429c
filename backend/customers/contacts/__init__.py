"""Phone and e-mail: asked, proven, taken over, changed."""
