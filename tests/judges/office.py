"""LibreOffice without a window, for the judges: turns documents into other formats, with a profile of its own."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = ROOT / "target/judges/office"
# What a call may take for each document, in seconds, on a machine that has much else to do.
PATIENCE = 60
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def program():
    """LibreOffice's program, or None."""
    return next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


def convert(files, kind, folder):
    """Writes each file as `kind` ("pdf", "docx") into `folder`; gives the written file of each, or None.

    One call takes all of them: starting the program costs more than a document. What a crash kept from being written
    is tried once more, alone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written = {file: folder / f"{file.stem}.{kind}" for file in files}
    call(files, kind, folder)
    for file in files:
        if not written[file].exists():
            call([file], kind, folder)
    return {file: new if new.exists() else None for file, new in written.items()}


def call(files, kind, folder):
    HOME.mkdir(parents=True, exist_ok=True)
    fonts = HOME / "fonts.conf"
    # The fonts of the layouts, so that lines end where ours end.
    fonts.write_text(FONTS.format(fonts=ROOT / "fonts", cache=HOME / "cache"))
    command = [program(), "--headless", f"-env:UserInstallation={(HOME / 'profile').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(
            command, **quiet, env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, timeout=PATIENCE * (1 + len(files))
        )
    except subprocess.TimeoutExpired:
        pass
