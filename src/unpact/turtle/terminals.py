"""The terminals of Turtle and TriG, as parts of regular expressions (RDF 1.1 Turtle, section 6.5).

They are wider than the grammar where that costs nothing: what they read is parsed by the engine too, so they
have to agree on where a token ends, not on whether it is allowed. Beyond ASCII every character counts as a
letter. Quantifiers are possessive: nothing here ever has to be tried twice, whatever the input. Around more
than one character they are atomic groups, since Python before 3.11.5 forgets where a possessive one was.
"""

from __future__ import annotations

_BEYOND_ASCII = "\x80-\U0010ffff"
_NAME_START = rf"[A-Za-z_:{_BEYOND_ASCII}]"
_NAME = rf"(?:[0-9A-Za-z_:%\-{_BEYOND_ASCII}]|\\[^\r\n])"
# dots belong to a name when more of the name follows
_NAME_REST = rf"(?>{_NAME}*)(?>(?:\.++(?>{_NAME}+))*)"

SPACE = r"[ \t\r\n]"
COMMENT = r"\#[^\r\n]*+"
TRIVIA = rf"(?>(?:{SPACE}++|{COMMENT})*)"
IRI = r'<[^<>"{}|^`\x00-\x20]*+>'
#: Words, prefixed names and labels of blank nodes alike; a name cannot begin with a digit or a hyphen.
NAME = rf"(?:{_NAME_START}|\\[^\r\n]){_NAME_REST}"
LABEL = rf"_:{_NAME_REST}"
#: A language tag, also with the base direction of RDF 1.2, or the keyword of a directive.
AT = r"@[0-9A-Za-z\-]++"
STRING = (
    r'(?:"""(?>(?:[^"\\]++|\\.|"(?!""))*)"""'
    r"|'''(?>(?:[^'\\]++|\\.|'(?!''))*)'''"
    r'|"(?>(?:[^"\\\r\n]++|\\.)*)"'
    r"|'(?>(?:[^'\\\r\n]++|\\.)*)')"
)
DOUBLE = r"[+-]?(?:[0-9]++\.[0-9]*+|\.?[0-9]++)[eE][+-]?[0-9]++"
DECIMAL = r"[+-]?[0-9]*+\.[0-9]++"
INTEGER = r"[+-]?[0-9]++"
NUMBER = rf"(?:{DOUBLE}|{DECIMAL}|{INTEGER})"
