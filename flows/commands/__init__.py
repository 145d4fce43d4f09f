"""The commands, a file a subject; ``flows.cli`` gathers them. None imports a heavy library before it is run."""
