"""Flesch's reading ease, measured as Flesch did: words a sentence, syllables a word."""

import re

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z’']+")


def reading_ease(text: str) -> float:
    """Return 0 (hard) to 100 (plain). 60 to 70 is plain English."""
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    syllables = sum(_syllables(word) for word in words)
    a_sentence = len(words) / len(sentences)
    return 206.835 - 1.015 * a_sentence - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    """Count groups of vowels, less a silent ending."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    stem = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", "", letters)
    stem = re.sub(r"^y", "", stem)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", stem)))
