/** A drawn camera picture, 960 by 600 pixels, with simple figures where the detections of the fixtures say. */
import type { Detection } from "@vigil/core/digest/wire";
import sharp from "sharp";

const width = 960;
const height = 600;

export async function drawPicture(
  detections: readonly Detection[],
): Promise<{ contentType: string; bytes: Buffer }> {
  const figures = detections.map((detection) => draw(detection)).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#23364a"/><stop offset="1" stop-color="#8a6f6a"/></linearGradient></defs>
    <rect width="960" height="600" fill="url(#sky)"/><rect y="330" width="960" height="270" fill="#39443a"/>
    <path d="M330 600 460 330h60l230 270Z" fill="#5b5954"/><rect x="40" y="120" width="240" height="230" fill="#4d4038"/>
    <rect x="130" y="220" width="70" height="130" fill="#7a5b3e"/><rect x="60" y="160" width="50" height="50" fill="#e9c67c"/>
    ${figures}</svg>`;
  return { contentType: "image/jpeg", bytes: await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer() };
}

function draw({ label, box }: Detection): string {
  const [x, y, w, h] = [box[0] * width, box[1] * height, box[2] * width, box[3] * height];
  if (label === "person") {
    return `<circle cx="${x + w / 2}" cy="${y + h * 0.1}" r="${h * 0.1}" fill="#d7a984"/>
      <rect x="${x + w * 0.12}" y="${y + h * 0.2}" width="${w * 0.76}" height="${h * 0.42}" rx="16" fill="#31506b"/>
      <rect x="${x + w * 0.22}" y="${y + h * 0.58}" width="${w * 0.22}" height="${h * 0.42}" fill="#20262b"/>
      <rect x="${x + w * 0.56}" y="${y + h * 0.58}" width="${w * 0.22}" height="${h * 0.42}" fill="#20262b"/>`;
  }
  return `<rect x="${x}" y="${y + h * 0.35}" width="${w}" height="${h * 0.45}" rx="18" fill="#a8483c"/>
    <path d="M${x + w * 0.18} ${y + h * 0.38} ${x + w * 0.3} ${y}H${x + w * 0.72}L${x + w * 0.86} ${y + h * 0.38}Z" fill="#86382f"/>
    <circle cx="${x + w * 0.24}" cy="${y + h * 0.82}" r="${h * 0.18}" fill="#17191a"/>
    <circle cx="${x + w * 0.77}" cy="${y + h * 0.82}" r="${h * 0.18}" fill="#17191a"/>`;
}
