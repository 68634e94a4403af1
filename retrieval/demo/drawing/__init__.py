"""The demo's pictures: one small function a shape, written as SVG and rendered without fonts."""
