/**
 * `node electron/icons/draw.ts`: draws every icon of the package anew from renderer/public/icon.svg, with the system's
 * Chromium. The results are committed, so that packing needs no browser.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { ICNS_KINDS, ICO_SIZES, icnsFile, icoFile, type SquarePng } from './containers.ts'
import { applePicture, appPicture, TRAY_COLOUR, TRAY_SIZE, TRAY_STATES, trayPicture } from './pictures.ts'

const folder = import.meta.dirname
const master = readFileSync(join(folder, '../../renderer/public/icon.svg'), 'utf8')
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (executablePath === undefined) throw new Error('drawing needs Chromium: install the package chromium')
// As root Chromium cannot build its own sandbox. Only our own drawings are opened in it.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args: [...args, '--disable-gpu'] })
try {
  await drawAll(await browser.newPage())
} finally {
  await browser.close()
}

async function drawAll(page: Page): Promise<void> {
  const write = (name: string, content: Buffer) => writeFileSync(join(folder, name), content)
  write('icon.png', await draw(page, appPicture(master, 512), 512))
  const ico: SquarePng[] = []
  for (const size of ICO_SIZES) ico.push({ size, png: await draw(page, appPicture(master, size), size) })
  write('icon.ico', icoFile(ico))
  const icns: SquarePng[] = []
  for (const size of new Set(Object.values(ICNS_KINDS)))
    icns.push({ size, png: await draw(page, applePicture(master, size), size) })
  write('icon.icns', icnsFile(icns))
  for (const [suffix, size] of [
    ['', TRAY_SIZE],
    ['@2x', 2 * TRAY_SIZE],
  ] as const) {
    for (const state of TRAY_STATES)
      write(`tray-${state}${suffix}.png`, await draw(page, trayPicture(state, TRAY_COLOUR), size))
    // macOS takes the shape only and colours it as its menu bar is.
    write(`trayTemplate${suffix}.png`, await draw(page, trayPicture('direct', '#000000'), size))
  }
}

/** One picture as a PNG of `size` × `size` pixels, on nothing. */
async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: Math.max(size, 64), height: Math.max(size, 64) })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } })
}
