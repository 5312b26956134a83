"""Pictures of what is around a thing, as SVG: laid out here, drawn by a template, the same in every run."""
