from pathlib import Path

import pytest

from encoders.errors import CatalogueError
from retrieval.catalogue.settings import read_settings
from retrieval.types import Role


def write(folder: Path, text: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    settings = read_settings(
        write(
            tmp_path,
            'name = "shop"\nencoding = "cp1252"\ndelimiter = ";"\nimage_folder = "photos"\n'
            '[columns]\ncolour = "facet"\nprice = { unit = "£" }\ntags = { role = "list", separator = "/" }\n',
        )
    )
    assert (settings.name, settings.encoding, settings.delimiter) == ("shop", "cp1252", ";")
    assert settings.image_folder == tmp_path / "photos"
    assert settings.columns["colour"].role is Role.FACET
    assert (settings.columns["price"].role, settings.columns["price"].unit) == (None, "£")
    assert settings.columns["tags"].separator == "/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nmae = 'x'", r"'nmae' is no setting; did you mean 'name'\?$"),
        ("name = 3", "'name' must be words"),
        ("encoding = 'utf-9'", "'encoding' names no encoding"),
        ("delimiter = 'ab'", "'delimiter' must be one character"),
        ("image_folder = 'nowhere'", "'image_folder' is 'nowhere', which is no folder"),
        ("columns = 3", "'columns' must be a table"),
        (
            "[columns]\nprice = 'nubmer'",
            r"'columns.price' is 'nubmer', which is no role; did you mean 'number'\?",
        ),
        ("[columns]\nprice = 3", "'columns.price' must be a role"),
        ("[columns.price]\nrolle = 'id'", r"'columns.price.rolle' is no setting; did you mean 'role'\?"),
        ("[columns.price]\nunit = 3", "'columns.price.unit' must be words"),
        ("name =", "is not TOML"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said) as raised:
        read_settings(write(tmp_path, text))
    assert "catalogue.toml" in str(raised.value)


def test_an_absent_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="can't be read"):
        read_settings(tmp_path / "catalogue.toml")
