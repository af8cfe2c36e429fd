"""Machine code for many runs of a game, made by LLVM where the extra ``fast`` is installed and kept for the next time.

The code depends on the structure of a game alone, so that other numbers, seeds and starts need no new code. It is kept
in the user's cache folder under the hash of what it was made from and by: the text, its translator, this machine and the
version of LLVM.
"""

import ctypes
import hashlib
import inspect
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from attrs import field, frozen

from game.core.lifted import Lifted
from game.play import kept, parts
from game.play import machine as translating
from game.play.kernel import DRIVER, KERNEL

ROW, WHOLE = ctypes.c_void_p, ctypes.c_int64
TAKES = (
    *(ROW, ROW, ROW, ROW, WHOLE, ROW, WHOLE, ROW, WHOLE, WHOLE, WHOLE, ROW, ROW, WHOLE, ROW, ROW, WHOLE),
    *(ROW, WHOLE, ROW, WHOLE, ROW, WHOLE, ROW, ROW, ROW, ROW, ROW, WHOLE),
)
"""What *many* of the kernel takes."""


@frozen(eq=False)
class Machine:
    """*many* of the kernel as machine code. *engine* holds the memory in which it stands; it is *fresh* when it
    was compiled now.
    """

    many: Callable[..., None]
    engine: Any
    fresh: bool


def available() -> bool:
    """Whether LLVM is installed, in a version that is known to do."""
    try:
        import llvmlite.binding as llvm
    except ImportError:
        return False
    return bool(llvm.llvm_version_info >= (20,))


def machine(lifted: Lifted) -> Machine:
    """Machine code for a game: from memory or the cache where it is known, else compiled now, which takes seconds."""
    return loaded(plan(lifted))


@lru_cache(maxsize=16)
def loaded(plan: "Plan") -> Machine:
    """The machine code of a plan."""
    return plan.from_cache() or plan.compiled()


def plan(lifted: Lifted) -> "Plan":
    """What is to be compiled for a game, worked out but not yet compiled."""
    import llvmlite

    cells = len(lifted.game.start_row)
    seal = cells + lifted.room
    # Not the translation, which takes longer than all else that a warm start does, but what it is made from and by.
    made_by = [llvmlite.__version__, target_here().triple, *tuned(), *map(inspect.getsource, (parts, translating))]
    made_from = [KERNEL, lifted.source, DRIVER, f"{cells} {seal}"]
    name = hashlib.sha256("\n".join([*made_by, *made_from]).encode()).hexdigest()
    return Plan(name, lifted.source, {"CELLS": cells, "SEAL": seal, "FAULT": seal + 1, "WIDE": seal + 2})


@frozen
class Plan:
    """The text of a turn, the *fixed* numbers of what compiled turns share (see `kernel.py`), and the *name* under which
    its machine code is kept: plans with one name are the same.
    """

    name: str
    source: str = field(eq=False)
    fixed: Mapping[str, int] = field(eq=False)

    @cached_property
    def text(self) -> str:
        """The turns of many runs in the language of LLVM."""
        whole = f"{KERNEL}\n{parts.side_by_side(self.source)}\n{DRIVER}"
        return translating.translated(whole, self.fixed, "many")

    def translate(self) -> None:
        """Have *text* written now."""
        _ = self.text

    def from_cache(self) -> Machine | None:
        """The machine code that was kept, if there is any."""
        code = kept.read(self.name)
        return None if code is None else ready(code, fresh=False)

    def compiled(self) -> Machine:
        """The machine code, compiled now and kept. It takes seconds, in which other threads go on."""
        code = compiled(self.text)
        kept.write(self.name, code)
        return ready(code, fresh=True)


def ready(code: bytes, *, fresh: bool) -> Machine:
    """Machine code that can be called."""
    engine = engine_of(code)
    return Machine(ctypes.CFUNCTYPE(None, *TAKES)(engine.get_function_address("many")), engine, fresh)


def engine_of(code: bytes) -> Any:
    """Machine code ready to be called."""
    import llvmlite.binding as llvm

    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_here())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def tuned() -> tuple[str, str]:
    """The kind of processor, and what it can do."""
    import llvmlite.binding as llvm

    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def target_here() -> Any:
    """This machine, as LLVM compiles for it. An engine takes it over, so that each needs its own."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    cpu, features = tuned()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(cpu=cpu, features=features, opt=2, jit=True)


def compiled(text: str) -> bytes:
    """Machine code for a text in the language of LLVM."""
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    module.verify()
    target = target_here()
    passes = llvm.create_pass_builder(target, llvm.create_pipeline_tuning_options(speed_level=2))
    passes.getModulePassManager().run(module, passes)
    code: bytes = target.emit_object(module)
    return code
