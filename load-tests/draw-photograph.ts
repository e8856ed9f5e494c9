/**
 * A picture for load tests that is as expensive to decode and to look at as a camera's, from nothing: smooth light,
 * sensor noise and a few shapes, 1280x720. Nothing in it is a person; pass a real photograph where that matters.
 */
import sharp from "sharp";

const width = 1280;
const height = 720;

export async function drawPhotograph(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="light" x2="0" y2="1"><stop stop-color="#8aa0b8"/><stop offset="1" stop-color="#4a4a44"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#light)"/>
    <polygon points="0,720 480,360 800,360 1280,720" fill="#5d5d5a"/>
    <rect x="60" y="200" width="260" height="260" fill="#7d5f4c"/>
    <rect x="150" y="300" width="70" height="160" fill="#3c2f27"/>
    <circle cx="1080" cy="300" r="120" fill="#3f5a3a"/>
  </svg>`;
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma: 12 },
    },
  })
    .png()
    .toBuffer();
  return sharp(Buffer.from(svg))
    .composite([{ input: noise, blend: "overlay" }])
    .jpeg({ quality: 85 })
    .toBuffer();
}
