"""An invented county to try everything on."""
