"""Replace tests/golden/ with the present pages of the test site: `inv dev.accept`."""

import shutil
import tempfile
from pathlib import Path

from tests.conftest import ROOT, SEARCHED, make_project
from tests.support.golden_site import golden_files

if __name__ == "__main__":
    golden = ROOT / "tests" / "golden"
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), SEARCHED)
        project.build(ROOT / "tests" / "sample")
        files = golden_files(project.output)
    shutil.rmtree(golden, ignore_errors=True)
    for path, data in files.items():
        (golden / path).parent.mkdir(parents=True, exist_ok=True)
        (golden / path).write_bytes(data)
    print(f"Accepted {len(files)} files.")
