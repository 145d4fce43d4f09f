"""What ``make bench`` measures, a file a question; ``scripts/bench.py`` asks them and writes the page."""
