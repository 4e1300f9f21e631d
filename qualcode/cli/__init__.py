"""The command line: text, CSV or JSON on stdout, progress and warnings on stderr.

One module per command group; each command is an attribute named after it (`import_command`, `codebook_command`),
which `qualcode.cli.app` loads when it is asked for. Commands call services and print what comes back.
"""
