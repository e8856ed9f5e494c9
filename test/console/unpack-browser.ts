/** Unpacks the browser into the folder for temporary files. A process of its own, because that folder is the process's. */
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
