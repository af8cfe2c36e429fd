"""The files of a scenario and of all that it builds on, gathered into layers."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.resources.abc import Traversable

from attrs import frozen

from game.scenario.document import Document, Entry
from game.scenario.layers import DEPTH, Layer, entry_at, inherit, lay
from game.scenario.problems import Problem, brief, listed, meant
from game.scenario.read import Folder, Source, folder_name, read_folder, read_part, safe_name, text_of
from game.words import say

MOST_PARTS = 20
"""How many parts a scenario may use."""


def read_document(folder: Traversable, library: Sequence[Traversable], variants: Sequence[str]) -> Document:
    """Read a scenario folder with its parts and variants. Problems are in the document; *library* holds shared parts."""
    return read_files(folder, library).document(variants)


@frozen(eq=False)
class Files:
    """The files of a scenario and of what it builds on, read once: with any variants they make a document.

    *read* holds what reading found: texts, sources and problems; *layers* lie under the *variants*, which are None
    where the scenario's own files could not be read.
    """

    read: Document
    layers: tuple[Layer, ...]
    variants: Mapping[str, Source] | None

    def document(self, variants: Sequence[str] = ()) -> Document:
        """The layers laid over each other, those of these variants last."""
        read = self.read
        document = Document(
            read.id, tuple(variants), texts=dict(read.texts), sources=dict(read.sources), problems=list(read.problems)
        )
        if self.variants is None:
            return document
        document.variants_known = tuple(sorted(self.variants))
        if any(problem.severity == "error" for problem in document.problems):
            # A file or part is missing from the document: whatever refers to it would look like a mistake.
            return document
        above = []
        for name in variants:
            source = self.variants.get(name)
            if source is None:
                known = listed(sorted(self.variants))
                message = say("This scenario has no variant '{name}'. It has: {known}.", name=brief(name), known=known)
                document.report("SCN201", None, (), message, meant(name, self.variants))
            else:
                above.append(Layer((source,)))
        for layer in (*self.layers, *above):
            lay(document, layer)
        inherit(document)
        return document


def read_files(folder: Traversable, library: Sequence[Traversable]) -> Files:
    """Read the files of a scenario folder and of its parts; *library* holds shared parts."""
    read = Document(folder_name(folder))
    layers: list[Layer] = []
    own = _gather(read, folder, library, layers, (), None)
    _show_broken(read, folder, library)
    return Files(read, tuple(layers), own.variants if own else None)


def _gather(document: Document, folder: Traversable, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...], asked: Entry | None) -> Folder | None:  # fmt: skip
    """Put the layers of a scenario under one another: its parts, what it extends, its own files."""
    if folder.name in chain or len(chain) >= DEPTH:
        path = " -> ".join((*chain, folder.name))
        if folder.name in chain:
            message = say("Scenarios extend each other in a circle: {path}.", path=path)
        else:
            message = say(
                "At most {most} scenarios may build on one another; these are more: {path}.", most=DEPTH, path=path
            )
        document.report("SCN202", asked, (), message)
        return None
    found, problems = read_folder(folder)
    for problem in problems:
        document.add(problem)
    if found is None:
        return None
    settings = found.sources[0]
    _lay_parts(document, settings, library, layers)
    below = settings.table.get("extends")
    if isinstance(below, str) and below:
        _extend(document, settings, below, library, layers, (*chain, folder.name))
    layers.append(Layer(found.sources))
    document.texts.update(found.texts)
    document.sources.update({s.file: s.text for s in (*found.sources, *found.variants.values())})
    return found


def _lay_parts(document: Document, settings: Source, library: Sequence[Traversable], layers: list[Layer]) -> None:
    """Put the parts that a scenario uses under it."""
    uses = settings.table.get("uses", [])
    for number, name in enumerate(uses if isinstance(uses, list) else []):
        if number >= MOST_PARTS:
            message = say("A scenario may use at most {most} parts.", most=MOST_PARTS)
            document.report("SCN212", entry_at(settings, ("uses", number)), (), message)
            return
        part = _part(document, settings, number, name, library) if isinstance(name, str) else None
        if part and all(part.file != s.file for layer in layers for s in layer.sources):
            layers.append(Layer((part,)))


def _extend(document: Document, settings: Source, below: str, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...]) -> None:  # fmt: skip
    at = entry_at(settings, ("extends",))
    usable = safe_name(below) and "/" not in below
    for shelf in library:
        if usable and shelf.joinpath(below).is_dir():
            _gather(document, shelf.joinpath(below), library, layers, chain, at)
            return
    hint = meant(below, _folders(library)) or say(
        "Write the name of a scenario folder beside this one, or of one that comes with the game."
    )
    message = say("'{name}', which this scenario extends, is not a scenario here.", name=brief(below))
    document.report("SCN203", at, (), message, hint)


def _folders(library: Sequence[Traversable]) -> set[str]:
    """The names that *extends* could mean."""
    found: set[str] = set()
    for shelf in library:
        with suppress(OSError):
            found.update(
                one.name for one in shelf.iterdir() if safe_name(one.name) and one.joinpath("scenario.toml").is_file()
            )
    return found


def _part(
    document: Document, settings: Source, number: int, name: str, library: Sequence[Traversable]
) -> Source | None:
    missing: list[Problem] = []
    for shelf in library:
        source, problems = read_part(shelf, name)
        # A part that is there and broken must not give way to another of the same name on the next shelf.
        if source or any(problem.file for problem in problems):
            for problem in problems:
                document.add(problem)
            if source:
                document.sources[source.file] = source.text
            return source
        missing.extend(problems)
    for problem in missing[-1:]:
        document.report(problem.code, entry_at(settings, ("uses", number)), (), problem.message, problem.hint)
    return None


def _show_broken(document: Document, folder: Traversable, library: Sequence[Traversable]) -> None:
    """Keep the text of files that could not be taken apart, so that a report can show the line."""
    for file in {problem.file for problem in document.problems if problem.line} - document.sources.keys():
        first, *rest = file.split("/")
        for place in [folder.joinpath(*rest)] if first == document.id else [shelf.joinpath(file) for shelf in library]:
            text = text_of(place) if file not in document.sources else ""
            if text:
                document.sources[file] = text
