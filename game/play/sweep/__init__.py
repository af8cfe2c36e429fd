"""Sweeps: a design of points over a scenario's parameters, played with paired seeds, and what each factor changes.

`design` reads what the researcher wrote, `drawing` makes its points, `plan` binds them to the scenario, `work` plays
one part of them in any process, `folder` keeps parts as they come and writes what came of it, `running` hands parts to
an executor; `effects`, `told` and `chart` say what mattered.
"""
