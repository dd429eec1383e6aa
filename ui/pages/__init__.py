"""The pages of the web interface, one file each; `ui.app` joins them. They need the extra `ui`."""
