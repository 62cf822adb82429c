"""What a brand may enter, each rule stated once, whatever the door: a pack, HTTP, the portal."""
