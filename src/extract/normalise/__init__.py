"""Words become values: numbers, months. Everything here gives None when the words leave it open."""

from extract.normalise.numbers import number, number_words, scale_of

__all__ = ["number", "number_words", "scale_of"]
