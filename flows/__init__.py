"""When things run: plain stages, a thin Prefect flow around them, the commands. No rule of its own."""
