"""What is taken out of a picture, how it is measured, and its smaller versions."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from PIL import Image

from press.pictures.boxes import Damaged
from press.pictures.measure import Size, Unfit, measure_drawing, measure_picture
from press.pictures.smaller import list_widths, make_smaller, suffix_of_smaller
from press.pictures.strip import strip_picture
from tests.support.photos import FORMATS, PROFILE, SECRET, draw, photo, with_thumbnail


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_about_the_maker_is_left_and_every_pixel_is(suffix: str) -> None:
    data = photo(suffix)
    bare = strip_picture(data, suffix)
    assert SECRET in data
    assert SECRET not in bare
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
        assert before.info.get("icc_profile") == after.info.get("icc_profile")
        assert bool(after.info.get("icc_profile")) is (suffix != ".gif")
    assert strip_picture(bare, suffix) == bare


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".avif"])
def test_a_picture_on_its_side_is_shown_upright(suffix: str) -> None:
    bare = strip_picture(photo(suffix, turn=6), suffix)
    assert SECRET not in bare
    assert measure_picture(bare, suffix) == Size(60, 90)
    with Image.open(io.BytesIO(bare)) as kept:
        assert set(kept.getexif()) <= {0x0112}


def test_what_follows_the_end_of_a_picture_is_cut_off() -> None:
    for suffix in (".jpg", ".png", ".gif", ".webp"):
        assert SECRET not in strip_picture(photo(suffix) + b"a film of " + SECRET, suffix)


def test_an_embedded_thumbnail_is_left_out() -> None:
    data = with_thumbnail(photo(".jpg"))
    bare = strip_picture(data, ".jpg")
    assert b"THUMBNAIL" in data
    assert b"THUMBNAIL" not in bare
    assert b"JFIF" in bare


def test_an_animation_still_moves_as_often_and_as_fast() -> None:
    frames = [draw(fill=(shade, 0, 0)) for shade in (0, 100, 200)]
    for suffix, form in [(".gif", "GIF"), (".webp", "WEBP"), (".png", "PNG")]:
        made = io.BytesIO()
        frames[0].save(made, form, save_all=True, append_images=frames[1:], duration=200, loop=0)
        bare = strip_picture(made.getvalue(), suffix)
        assert measure_picture(bare, suffix).moves
        with Image.open(io.BytesIO(bare)) as kept:
            assert (kept.n_frames, kept.info["loop"]) == (3, 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("keep", [0, 3, 30, 0.5])
def test_a_file_that_is_cut_short_is_damaged(suffix: str, keep: float) -> None:
    data = photo(suffix)
    with pytest.raises((Damaged, Unfit)):
        measure_picture(strip_picture(data[: int(keep if keep >= 1 else len(data) * keep)], suffix), suffix)


def test_a_file_of_another_format_than_its_name_is_damaged() -> None:
    for suffix in FORMATS:
        with pytest.raises(Damaged):
            strip_picture(b"no picture at all, but some words", suffix)
    with pytest.raises(Damaged):
        strip_picture(photo(".png"), ".jpg")


def test_too_many_pixels_are_refused_before_they_are_read() -> None:
    header = io.BytesIO()
    Image.new("1", (8, 8)).save(header, "PNG")
    for width in (30_000, 2_000_000_000):
        size = width.to_bytes(4, "big") * 2
        data = header.getvalue()
        chunk = b"IHDR" + size + data[24:29]
        bomb = data[:12] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + data[33:]
        with pytest.raises(Unfit, match="pixels"):
            measure_picture(strip_picture(bomb, ".png"), ".png")


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('width="240" height="120"', Size(240, 120)),
        ('width="25.4mm" height="1in"', Size(96, 96)),
        ('viewBox="0 0 60 30"', Size(1600, 800)),
        ('width="100%" height="100%" viewBox="0,0,60,30"', Size(1600, 800)),
        ('width="300" viewBox="0 0 60 30"', Size(300, 150)),
        ("", None),
        ('viewBox="0 0 0 30"', None),
    ],
)
def test_the_size_of_a_drawing_is_what_it_states(svg: str, size: Size | None) -> None:
    assert measure_drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {svg}/>'.encode()) == size


@pytest.mark.parametrize(
    ("size", "widths"),
    [((6000, 4200), [480, 960, 1600]), ((1600, 900), [480, 960]), ((500, 500), []), ((600, 60_000), [])],
)
def test_only_what_is_worth_it_has_smaller_versions(size: tuple[int, int], widths: list[int]) -> None:
    assert [width for width, _ in list_widths(*size)] == widths


def odd(mode: str, **facts: Any) -> tuple[bytes, str]:
    made, suffix = io.BytesIO(), ".jpg" if mode == "CMYK" else ".png"
    Image.new(mode, (900, 600), **facts).save(made, "JPEG" if mode == "CMYK" else "PNG")
    return made.getvalue(), suffix


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_a_picture_of_any_kind_has_the_same_smaller_version_each_time(mode: str) -> None:
    data, suffix = odd(mode)
    small = make_smaller(data, suffix, 480, 320)
    assert small == make_smaller(data, suffix, 480, 320)
    with Image.open(io.BytesIO(small)) as made:
        assert made.size == (480, 320)
        assert made.format == ("JPEG" if suffix_of_smaller(suffix) == ".jpg" else "WEBP")
        assert made.has_transparency_data is (mode in ("LA", "RGBA"))


def test_a_smaller_version_is_upright_and_keeps_its_colours() -> None:
    data = strip_picture(photo(".jpg", turn=6, size=(900, 600)), ".jpg")
    with Image.open(io.BytesIO(make_smaller(data, ".jpg", 480, 720))) as made:
        assert made.info["icc_profile"] == PROFILE
        assert not made.getexif()
        red, green, _ = made.convert("RGB").getpixel((470, 10))  # type: ignore[misc]
        assert (red > 200, green < 60) == (True, True)


def test_a_profile_that_nobody_can_read_does_not_stop_the_build() -> None:
    made = io.BytesIO()
    Image.new("CMYK", (900, 600)).save(made, "JPEG", icc_profile=b"\0" * 16 + b"CMYK" + b"\0" * 200)
    assert make_smaller(made.getvalue(), ".jpg", 480, 320)
