"""Mentions that belong together become candidates: one module or package a record type."""
