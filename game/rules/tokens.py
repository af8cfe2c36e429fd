"""The signs of conditions and amounts in scenario files: their characters in pieces, and what is wrong with them."""

import difflib
from collections.abc import Iterable
from enum import Enum, IntEnum, auto

import attrs

from game.words import say

MOST_DIGITS = 9

_BLANKS = " \t\r\n"
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
_KEYWORDS = frozenset({"and", "or", "not", "true", "false"})
_SIGNS = ("//", "<=", ">=", "==", "!=", "+", "-", "*", "<", ">", "(", ")", ",")
_INSTEAD = (
    ("and", ("and", "&&", "&")),
    ("or", ("or", "||", "|")),
    ("not", ("not", "!")),
    ("==", ("=", "is", "equals")),
    ("!=", ("<>", "≠")),
    (">=", ("=>", "≥")),
    ("<=", ("=<", "≤")),
    ("*", ("×",)),
    ("-", ("−", "–")),
    ("least(a, b, ...)", ("min",)),
    ("most(a, b, ...)", ("max",)),
    ("choose(condition, a, b)", ("if", "?")),
)
_FOREIGN_SIGNS = ("&&", "||", "**", "<>", "=>", "=<", "=", "!", "/", "%", "&", "|", "^", "'", '"')


class ExpressionError(ValueError):
    """What is wrong with a condition or an amount, and the characters ``start:end`` of its text that are meant."""

    def __init__(self, message: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message, start, end, hint)
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class Level(IntEnum):
    """How strongly an operator binds, from the weakest."""

    OR = auto()
    AND = auto()
    NOT = auto()
    COMPARE = auto()
    SUM = auto()
    PRODUCT = auto()
    MINUS = auto()
    LEAF = auto()


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The one candidate that *word* may be a misspelling of, or an empty text."""
    # Likeness costs the product of both lengths; nobody misspells a name of hundreds of letters.
    if len(word) > 64:
        return ""
    return next(iter(difflib.get_close_matches(word, candidates, n=1)), "")


def brief(text: str) -> str:
    """*text* short enough to be quoted in a message."""
    return text if len(text) <= 60 else text[:59] + "…"


def sign_level(sign: str) -> Level | None:
    """The level of an operator; None for other signs."""
    match sign:
        case "or":
            return Level.OR
        case "and":
            return Level.AND
        case "<" | "<=" | ">" | ">=" | "==" | "!=":
            return Level.COMPARE
        case "+" | "-":
            return Level.SUM
        case "*" | "//":
            return Level.PRODUCT
        case _:
            return None


class TokenKind(Enum):
    """What a token is."""

    NUMBER = auto()
    NAME = auto()
    SIGN = auto()
    END = auto()


@attrs.frozen
class Token:
    """One piece of a text: a number, a dotted name, a sign or keyword, or the end, and the characters ``start:end``."""

    kind: TokenKind
    text: str
    start: int
    end: int

    def sign(self, text: str) -> bool:
        """Whether it is this sign or keyword."""
        return self.kind is TokenKind.SIGN and self.text == text

    @property
    def level(self) -> Level | None:
        """How strongly it binds, where it is an operator."""
        return sign_level(self.text) if self.kind is TokenKind.SIGN else None


def token_at(text: str, position: int) -> Token:
    """The next token from a position on. Raises *ExpressionError* where no expression has such characters."""
    start = _skip(text, position, _BLANKS)
    if start == len(text):
        return Token(TokenKind.END, "", start, start)
    if text[start] in _LETTERS:
        return _name_token(text, start)
    if text[start] in _DIGITS or (text[start] == "." and text.startswith(tuple(_DIGITS), start + 1)):
        return _number_token(text, start)
    for sign in _SIGNS:
        # '<>' and '**' begin like our signs, but are foreign ones.
        if text.startswith(sign, start) and not text.startswith(("<>", "**"), start):
            return Token(TokenKind.SIGN, sign, start, start + len(sign))
    for sign in _FOREIGN_SIGNS:
        if text.startswith(sign, start):
            message = say("'{sign}' is not used in expressions.", sign=sign)
            raise ExpressionError(message, start, start + len(sign), advice(sign))
    letter = text[start]
    shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
    message = say("The character '{letter}' cannot be used here.", letter=shown)
    raise ExpressionError(message, start, start + 1, advice(letter))


def _skip(text: str, position: int, letters: str) -> int:
    while position < len(text) and text[position] in letters:
        position += 1
    return position


def _name_token(text: str, start: int) -> Token:
    end = _skip(text, start, _LETTERS + _DIGITS)
    while end < len(text) and text[end] == ".":
        if not text.startswith(tuple(_LETTERS), end + 1):
            message = say("After '{name}' a part of the name is missing.", name=brief(text[start : end + 1]))
            raise ExpressionError(message, start, end + 1)
        end = _skip(text, end + 1, _LETTERS + _DIGITS)
    name = text[start:end]
    return Token(TokenKind.SIGN if name in _KEYWORDS else TokenKind.NAME, name, start, end)


def _number_token(text: str, start: int) -> Token:
    end = _skip(text, start, _DIGITS)
    if text[end : end + 1] == ".":
        end = _skip(text, end + 1, _DIGITS)
        message = say("'{number}' has a decimal point: whole numbers only.", number=brief(text[start:end]))
        raise ExpressionError(message, start, end, say("Count in smaller units, for example in hundredths."))
    rest = _skip(text, end, _LETTERS + _DIGITS)
    if rest > end:
        message = say("'{text}' is neither a number nor a name.", text=brief(text[start:rest]))
        hint = say("Numbers are written with digits only, names begin with a letter.")
        raise ExpressionError(message, start, rest, hint)
    if end - start > MOST_DIGITS:
        message = say("This number is too long; at most {most} digits are allowed.", most=MOST_DIGITS)
        raise ExpressionError(message, start, end)
    return Token(TokenKind.NUMBER, text[start:end], start, end)


def advice(sign: str) -> str:
    """What to write instead of a sign or word that other languages use, or an empty text."""
    word = sign.lower()
    for ours, foreign in _INSTEAD:
        if word in foreign:
            return say("Write '{ours}'.", ours=ours)
    match word:
        case "/" | "÷":
            return say("Write '//' before a number written out, otherwise share(a, b, otherwise).")
        case "%":
            return say("For a percentage write share(100 * a, b, otherwise).")
        case "**" | "^":
            return say("There are no powers; multiply with '*'.")
        case "'" | '"' | "“" | "”" | "‘" | "’" | "「" | "」":
            return say("Words are written without quotation marks.")
        case "\u3000":
            return say("Write a half-width blank.")
        case wide if len(wide) == 1 and "！" <= wide <= "～":
            # Input methods for Chinese and Japanese give full-width signs, which look the same to their author.
            return say("Write it half-width: '{sign}'.", sign=chr(ord(sign) - 0xFEE0))
        case _:
            return ""
