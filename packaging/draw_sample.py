"""The drawing of the sample desk's pictures from gradients and a few shapes.

    .venv/bin/python packaging/draw_sample.py

The same version of Pillow gives the same bytes. The results are committed, so
building and running Stonehand does not need this.
"""

import random
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

OUT = Path(__file__).resolve().parent.parent / "resources" / "samples" / "pictures"
SIZE = (1600, 1000)
LARGEST = 150_000
W, H = 3200, 2000  # drawn twice as large and scaled down, for smooth edges


def gradient(*stops):
    """Return a sky or a sea: colours at heights from 0 to 1, blended between."""
    column = Image.new("RGB", (1, H))
    for y in range(H):
        at = y / (H - 1)
        for (low, below), (high, above) in pairwise(stops):
            if low <= at <= high:
                part = (at - low) / (high - low)
                blend = tuple(round(a + (b - a) * part) for a, b in zip(below, above, strict=True))
                column.putpixel((0, y), blend)
                break
    return column.resize((W, H))


def glow(picture, centre, radius, colour, strength=1.0):
    """Return a picture with light added around a point."""
    x, y = centre
    light = Image.new("L", (W // 8, H // 8))
    draw = ImageDraw.Draw(light)
    for step in range(40, 0, -1):
        r = radius * step / 40 / 8
        level = round(255 * strength * (1 - step / 40) ** 2)
        draw.ellipse((x / 8 - r, y / 8 - r, x / 8 + r, y / 8 + r), fill=level)
    light = light.filter(ImageFilter.GaussianBlur(6)).resize((W, H), Image.Resampling.BICUBIC)
    tint = Image.composite(Image.new("RGB", (W, H), colour), Image.new("RGB", (W, H)), light)
    return ImageChops.screen(picture, tint)


def hills(picture, base, height, colour, seed):
    """Draw a ridge of land across the whole picture."""
    dice = random.Random(seed)
    waves = [
        (dice.uniform(0.4, 3.2), dice.uniform(0, 2 * pi), dice.uniform(0.3, 1)) for _ in "12345"
    ]
    top = [
        (x, base - height * (0.5 + sum(a * sin(f * 2 * pi * x / W + p) for f, p, a in waves) / 7))
        for x in range(0, W + 20, 20)
    ]
    ImageDraw.Draw(picture).polygon([*top, (W, H), (0, H)], fill=colour)


def ripples(picture, top, colour, seed, count=260):
    """Return a picture with short bright strokes on water, longer towards the viewer."""
    dice = random.Random(seed)
    layer = picture.copy()
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        depth = dice.random() ** 1.6
        y = top + depth * (H - top)
        length, x = 30 + 260 * depth * dice.random(), dice.uniform(-100, W)
        draw.rounded_rectangle((x, y, x + length, y + 2 + 7 * depth), 4, fill=colour)
    return Image.blend(picture, layer, 0.35)


def stars(picture, bottom, seed, count=420):
    """Draw stars."""
    dice = random.Random(seed)
    draw = ImageDraw.Draw(picture)
    for _ in range(count):
        x, y, r = dice.uniform(0, W), dice.uniform(0, bottom), dice.choice((1.5, 2, 2, 3, 4))
        level = dice.randrange(150, 256)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(level, level, min(255, level + 12)))


def boat(draw, at, size, hull, house):
    """Draw a small working boat, seen from the side."""
    x, y = at
    draw.polygon(
        [(x, y), (x + 5.2 * size, y), (x + 4.6 * size, y + size), (x + 0.7 * size, y + size)],
        fill=hull,
    )
    draw.rectangle((x + 1.2 * size, y - 1.1 * size, x + 2.8 * size, y), fill=house)
    draw.rectangle((x + 3.6 * size, y - 2.6 * size, x + 3.72 * size, y), fill=hull)
    draw.rectangle((x + 1.4 * size, y - 0.85 * size, x + 2.6 * size, y - 0.5 * size), fill=hull)


def pilot_boat():
    """Dawn over a quay with a pilot boat, and a trail of light rising behind it."""
    picture = gradient(
        (0, (38, 56, 92)),
        (0.4, (124, 134, 160)),
        (0.6, (236, 186, 146)),
        (0.62, (92, 108, 132)),
        (1, (34, 46, 66)),
    )
    picture = glow(picture, (2250, 1180), 1300, (255, 196, 130), 0.8)
    trail = Image.new("RGB", (W, H))
    points = [(2250 + 500 * (t / 60) ** 2, 1150 - 1150 * t / 60) for t in range(61)]
    ImageDraw.Draw(trail).line(points, fill=(255, 232, 204), width=13, joint="curve")
    picture = ImageChops.screen(picture, trail.filter(ImageFilter.GaussianBlur(7)))
    hills(picture, 1240, 260, (74, 84, 110), 3)
    sea = gradient((0, (150, 140, 146)), (0.62, (150, 140, 146)), (1, (32, 44, 66)))
    picture.paste(sea.crop((0, 1240, W, H)), (0, 1240))
    picture = ripples(picture, 1250, (250, 206, 160), 4)
    draw = ImageDraw.Draw(picture)
    boat(draw, (620, 1430), 150, (30, 38, 54), (214, 120, 74))
    draw.polygon([(0, 1760), (W, 1690), (W, H), (0, H)], fill=(26, 32, 46))
    return picture


def ferry():
    """A white ferry on a still fjord."""
    picture = gradient((0, (136, 178, 198)), (0.5, (220, 232, 230)), (1, (220, 232, 230)))
    hills(picture, 1050, 760, (140, 168, 180), 11)
    hills(picture, 1080, 500, (98, 134, 148), 12)
    sea = gradient((0, (120, 158, 168)), (0.54, (120, 158, 168)), (1, (36, 82, 102)))
    picture.paste(sea.crop((0, 1080, W, H)), (0, 1080))
    picture = ripples(picture, 1090, (220, 236, 236), 13)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(900, 1250), (2350, 1250), (2240, 1400), (1010, 1400)], fill=(24, 62, 84))
    draw.rounded_rectangle((1010, 1110, 2230, 1252), 30, fill=(246, 248, 246))
    draw.rounded_rectangle((1200, 1010, 1990, 1112), 30, fill=(236, 240, 240))
    for x in range(1080, 2180, 74):
        draw.rounded_rectangle((x, 1150, x + 44, 1196), 10, fill=(60, 104, 124))
    draw.rectangle((1560, 930, 1640, 1012), fill=(214, 88, 64))
    return picture


def lighthouse():
    """A lighthouse at dusk with its beam across the sea."""
    picture = gradient(
        (0, (36, 34, 66)), (0.5, (150, 92, 112)), (0.66, (240, 160, 118)), (1, (240, 160, 118))
    )
    picture = glow(picture, (2330, 640), 900, (255, 232, 180), 0.7)
    beam = Image.new("L", (W, H))
    ImageDraw.Draw(beam).polygon([(2330, 630), (0, 250), (0, 640)], fill=95)
    picture = Image.composite(
        Image.new("RGB", (W, H), (255, 236, 196)),
        picture,
        beam.filter(ImageFilter.GaussianBlur(30)),
    )
    sea = gradient((0, (170, 116, 118)), (0.66, (170, 116, 118)), (1, (30, 30, 58)))
    picture.paste(sea.crop((0, 1320, W, H)), (0, 1320))
    picture = ripples(picture, 1330, (250, 190, 150), 22)
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        [(1700, 1560), (2050, 1330), (2650, 1290), (3200, 1420), (3200, H), (1500, H)],
        fill=(28, 26, 44),
    )
    draw.polygon([(2255, 720), (2405, 720), (2450, 1330), (2210, 1330)], fill=(238, 230, 224))
    for top in (820, 1050):
        draw.polygon(
            [(2240, top), (2420, top), (2428, top + 105), (2232, top + 105)], fill=(176, 64, 58)
        )
    draw.rectangle((2225, 690, 2435, 722), fill=(38, 34, 52))
    draw.rectangle((2280, 580, 2380, 692), fill=(255, 238, 190))
    draw.polygon([(2260, 582), (2330, 500), (2400, 582)], fill=(38, 34, 52))
    return picture


def orbit():
    """A small satellite above the edge of the Earth."""
    picture = gradient((0, (6, 9, 20)), (0.7, (12, 22, 48)), (1, (12, 22, 48)))
    stars(picture, H, 31)
    rim = Image.new("RGB", (W, H))
    ImageDraw.Draw(rim).ellipse((-1500, 1150, 4300, 6950), fill=(110, 176, 236))
    picture = ImageChops.screen(picture, rim.filter(ImageFilter.GaussianBlur(60)))
    disc = Image.new("L", (W, H))
    ImageDraw.Draw(disc).ellipse((-1500, 1180, 4300, 6980), fill=255)
    picture.paste(
        gradient((0, (70, 140, 200)), (0.58, (70, 140, 200)), (1, (12, 40, 84))), mask=disc
    )
    clouds = Image.new("L", (W // 4, H // 4))
    draw, dice = ImageDraw.Draw(clouds), random.Random(32)
    for _ in range(90):
        x, y, w = dice.uniform(-50, 800), dice.uniform(330, 500), dice.uniform(40, 190)
        draw.ellipse((x, y, x + w, y + w / 9), fill=dice.randrange(60, 150))
    clouds = clouds.filter(ImageFilter.GaussianBlur(5)).resize((W, H), Image.Resampling.BICUBIC)
    picture.paste((236, 244, 250), mask=ImageChops.multiply(clouds, disc))
    draw = ImageDraw.Draw(picture)
    for angle, near, far in ((0, 130, 560), (pi, 130, 560)):
        panel = [
            (
                1750 + cos(angle - 0.35) * r + s * 95 * sin(0.35),
                640 + sin(angle - 0.35) * r + s * 95 * cos(0.35),
            )
            for r, s in ((near, -1), (far, -1), (far, 1), (near, 1))
        ]
        draw.polygon(panel, fill=(40, 76, 138), outline=(150, 176, 214), width=8)
    body = [(1620, 600), (1800, 535), (1880, 690), (1700, 755)]
    draw.polygon(body, fill=(214, 190, 128))
    draw.line([(1700, 755), (1640, 900)], fill=(220, 222, 228), width=12)
    return picture


def regatta():
    """Three rowing eights on the green water of a bay."""
    picture = gradient((0, (70, 142, 146)), (1, (16, 66, 84)))
    picture = ripples(picture, 0, (196, 232, 222), 41, 420)
    draw = ImageDraw.Draw(picture)
    for row, (x, colour) in enumerate(
        ((900, (232, 196, 84)), (560, (240, 240, 236)), (300, (206, 88, 74)))
    ):
        y = 520 + 480 * row
        draw.polygon(
            [
                (x, y),
                (x + 120, y - 26),
                (x + 1720, y - 26),
                (x + 1900, y),
                (x + 1720, y + 26),
                (x + 120, y + 26),
            ],
            fill=colour,
        )
        for seat in range(8):
            sx = x + 300 + seat * 170
            side = 1 if seat % 2 else -1
            draw.line([(sx, y), (sx - 90, y + side * 250)], fill=(236, 240, 236), width=10)
            draw.ellipse(
                (sx - 135, y + side * 250 - 14, sx - 65, y + side * 250 + 14), fill=(236, 240, 236)
            )
            draw.ellipse((sx - 26, y - 26, sx + 26, y + 26), fill=(28, 44, 54))
        draw.line([(x - 60, y), (x - 560, y - 6)], fill=(150, 204, 198), width=12)
    return picture


def corniche():
    """A promenade at night: palms, lamps and their light on the water."""
    picture = gradient(
        (0, (18, 22, 54)), (0.5, (74, 58, 108)), (0.62, (214, 132, 112)), (1, (214, 132, 112))
    )
    stars(picture, 800, 51, 160)
    dice = random.Random(52)
    draw = ImageDraw.Draw(picture)
    x = 0
    while x < W:
        width, top = dice.randrange(90, 240), dice.randrange(860, 1160)
        draw.rectangle((x, top, x + width, 1250), fill=(40, 34, 70))
        for wx in range(x + 18, x + width - 22, 36):
            for wy in range(top + 22, 1220, 44):
                if dice.random() < 0.4:
                    draw.rectangle((wx, wy, wx + 13, wy + 19), fill=(250, 208, 140))
        x += width + dice.randrange(0, 40)
    sea = gradient((0, (96, 66, 96)), (0.62, (96, 66, 96)), (1, (14, 18, 44)))
    picture.paste(sea.crop((0, 1240, W, H)), (0, 1240))
    picture = ripples(picture, 1260, (250, 196, 140), 53, 380)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1720, W, H), fill=(20, 20, 40))
    for lamp in range(200, W, 560):
        draw.rectangle((lamp - 7, 1380, lamp + 7, 1730), fill=(20, 20, 40))
        draw.ellipse((lamp - 30, 1330, lamp + 30, 1390), fill=(255, 232, 184))
    for lamp in range(200, W, 560):
        picture = glow(picture, (lamp, 1360), 260, (255, 206, 140), 0.5)
    return picture


def night_sky():
    """The Milky Way over a dark ridge."""
    picture = gradient(
        (0, (8, 12, 34)), (0.7, (26, 44, 82)), (0.9, (66, 92, 118)), (1, (66, 92, 118))
    )
    band = Image.new("RGB", (W // 8, H // 8))
    draw, dice = ImageDraw.Draw(band), random.Random(61)
    for _ in range(900):
        t, spread = dice.random(), dice.gauss(0, 16)
        x, y = 40 + 340 * t + spread * 0.6, 215 - 230 * t + spread
        r = dice.uniform(1, 7)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(58, 62, 98))
    band = band.filter(ImageFilter.GaussianBlur(7)).resize((W, H), Image.Resampling.BICUBIC)
    picture = ImageChops.screen(picture, band)
    stars(picture, 1700, 62, 900)
    hills(picture, 1780, 420, (10, 14, 26), 63)
    return picture


SCENES = (pilot_boat, ferry, lighthouse, orbit, regatta, corniche, night_sky)


def main():
    """Write every scene as a JPEG under 150 KB, the best quality that fits."""
    OUT.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        picture = scene().resize(SIZE, Image.Resampling.LANCZOS)
        path = OUT / f"{scene.__name__.replace('_', '-')}.jpg"
        for quality in range(88, 40, -4):
            picture.save(path, quality=quality, optimize=True, progressive=True)
            if path.stat().st_size < LARGEST:
                break
        print(f"{path.name:20} {path.stat().st_size // 1024:4} KB  quality {quality}")


if __name__ == "__main__":
    main()
