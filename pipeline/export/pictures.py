"""What all figures share: paper and ink, fonts that have Korean, a figure in few bytes."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure
from PIL import Image

GROUND, INK, QUIET, RULE = "#fbfaf7", "#22252a", "#565c65", "#d9d5cb"

_DOTS_A_INCH, _SHOWN_A_INCH, _COLOURS = 144, 90, 128
_FONTS = (
    "Noto Sans KR", "Noto Sans CJK KR", "Noto Sans CJK JP", "Apple SD Gothic Neo", "Malgun Gothic",
    "NanumGothic",
)  # fmt: skip


class Picture(Figure):
    """A figure that a notebook shows without pyplot, sharp and in few bytes."""

    def draw(self, renderer: Any) -> None:
        """Drawn in our looks: matplotlib makes some ticks and their texts only now."""
        with rc_context(looks()):
            super().draw(renderer)

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        return self.png(_DOTS_A_INCH, _COLOURS)

    def png(self, dots_an_inch: int, colours: int) -> tuple[bytes, dict[str, int]]:
        """The picture in PNG, and the width and height that it is to be shown in, in px."""
        drawn, small = BytesIO(), BytesIO()
        self.savefig(drawn, format="png", dpi=dots_an_inch)
        picture = Image.open(drawn).convert("RGB")
        # Lines and flat areas look the same with few colours, in a fifth of the bytes.
        flat = picture.quantize(colours, Image.Quantize.MAXCOVERAGE)
        _keep_ground(flat, picture).save(small, "png", optimize=True)
        width, height = (round(inches * _SHOWN_A_INCH) for inches in self.get_size_inches())
        return small.getvalue(), {"width": width, "height": height}


def _keep_ground(flat: Image.Image, picture: Image.Image) -> Image.Image:
    """The picture of few colours with the one of its corner as it was: it covers most of it."""
    palette, corner = flat.getpalette() or [], int(flat.tobytes()[0])
    palette[3 * corner : 3 * corner + 3] = picture.tobytes()[:3]
    flat.putpalette(palette)
    return flat


@cache
def font_names() -> list[str]:
    """DejaVu Sans, and the fonts with Korean letters that are installed here."""
    installed = set(font_manager.get_font_names())
    return ["DejaVu Sans", *(name for name in _FONTS if name in installed)]


@cache
def looks() -> Any:
    """matplotlib's settings of every plot: quiet axes, and a `$` that begins no formula."""
    return {
        "font.family": font_names(),
        "font.size": 8.5,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": RULE,
        "axes.facecolor": GROUND,
        "axes.labelcolor": QUIET,
        "axes.labelsize": 8.5,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": INK,
        "axes.titlelocation": "left",
        "axes.titlesize": 9.5,
        "axes.titlepad": 8,
        "axes.unicode_minus": False,
        "figure.facecolor": GROUND,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "xtick.color": RULE,
        "xtick.labelcolor": QUIET,
        "ytick.color": RULE,
        "ytick.labelcolor": INK,
    }
