// Runs a command in a real pseudo-terminal and draws its screen as SVG, cell by cell.
// Usage: node scripts/screenshot.mjs OUT.svg [--columns N] [--rows N] [--keys "j\r"] [--light] [--wait MS] -- COMMAND...
import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

const cell = {width: 8.4, height: 18};
const margin = 14;
const dark = {
	back: '#16181d',
	fore: '#d5d8de',
	colours: [
		'#16181d',
		'#f2777a',
		'#8fc97e',
		'#e5c266',
		'#78a9f0',
		'#c99bea',
		'#63c5cf',
		'#d5d8de',
		'#767d8a',
		'#ff9da0',
		'#b0e39f',
		'#ffe08a',
		'#a2c7ff',
		'#e3bfff',
		'#8fe3ec',
		'#ffffff',
	],
};
const light = {
	back: '#fdfdfb',
	fore: '#2b2f36',
	colours: [
		'#2b2f36',
		'#c0323a',
		'#2f7d32',
		'#8d6a00',
		'#2458b8',
		'#8a3fb5',
		'#0f7a86',
		'#d5d8de',
		'#767d8a',
		'#d9444d',
		'#3d9441',
		'#a67d00',
		'#3a70d6',
		'#a055cc',
		'#16929f',
		'#ffffff',
	],
};

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {
		columns: {type: 'string', default: '80'},
		rows: {type: 'string', default: '24'},
		keys: {type: 'string', default: ''},
		wait: {type: 'string', default: '600'},
		light: {type: 'boolean', default: false},
	},
});
const [out, ...command] = positionals;
if (!out || command.length === 0) {
	process.stderr.write(
		'Usage: node scripts/screenshot.mjs OUT.svg [options] -- COMMAND...\n',
	);
	process.exit(2);
}

const columns = Number(values.columns);
const rows = Number(values.rows);
const theme = values.light ? light : dark;
const screen = await photograph();
fs.writeFileSync(out, drawing(screen));
process.exit(0);

async function photograph() {
	const terminal = new headless.Terminal({
		cols: columns,
		rows,
		allowProposedApi: true,
	});
	const {CI: _ci, NO_COLOR: _noColour, ...environment} = process.env;
	const child = pty.spawn(command[0], command.slice(1), {
		cols: columns,
		rows,
		name: 'xterm-256color',
		env: {...environment, LANG: 'C.UTF-8', FORCE_COLOR: '1'},
	});
	let lastByteMs = Date.now();
	child.onData((data) => {
		lastByteMs = Date.now();
		terminal.write(data);
	});
	// A screen that never rests is taken as it is after a while.
	const rest = async () => {
		const end = Date.now() + 5000;
		await delay(Number(values.wait));
		while (Date.now() - lastByteMs < 400 && Date.now() < end) {
			await delay(50);
		}
	};

	await rest();
	for (const key of JSON.parse(`"${values.keys}"`)) {
		child.write(key);
		await rest();
	}

	await new Promise((resolve) => {
		terminal.write('', resolve);
	});
	child.kill();
	return terminal.buffer.active;
}

function drawing(buffer) {
	const shapes = [];
	for (let y = 0; y < rows; y++) {
		const line = buffer.getLine(buffer.viewportY + y);
		for (let x = 0; x < columns; x++) {
			const one = line?.getCell(x);
			if (one && one.getWidth() > 0) {
				shapes.push(...cellShapes(one, x, y));
			}
		}
	}

	const width = Math.ceil(columns * cell.width + 2 * margin);
	const height = rows * cell.height + 2 * margin;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">`,
		`<rect width="100%" height="100%" rx="8" fill="${theme.back}"/>`,
		...shapes,
		'</svg>\n',
	].join('\n');
}

function cellShapes(one, x, y) {
	const {fore, back} = coloursOf(one);
	const left = margin + x * cell.width;
	const top = margin + y * cell.height;
	const dim = one.isDim() ? ' opacity=".55"' : '';
	const glyph = one.getChars() || ' ';
	const wide = cell.width * one.getWidth() + 0.3;
	const shapes = back
		? [box({left, top, width: wide, height: cell.height, fill: back})]
		: [];

	const level = '▁▂▃▄▅▆▇█'.indexOf(glyph) + 1;
	if (level > 0) {
		const tall = (cell.height * level) / 8;
		shapes.push(
			box({
				left,
				top: top + cell.height - tall,
				width: cell.width + 0.3,
				height: tall,
				fill: fore,
				style: dim,
			}),
		);
	} else if (glyph === '─') {
		shapes.push(
			box({
				left,
				top: top + cell.height / 2,
				width: cell.width + 0.3,
				height: 1,
				fill: fore,
				style: dim,
			}),
		);
	} else if (glyph === '│') {
		shapes.push(
			box({
				left: left + cell.width / 2,
				top,
				width: 1,
				height: cell.height,
				fill: fore,
				style: dim,
			}),
		);
	} else if (glyph !== ' ') {
		const bold = one.isBold() ? ' font-weight="bold"' : '';
		shapes.push(
			`<text x="${left.toFixed(1)}" y="${(top + cell.height * 0.75).toFixed(1)}" fill="${fore}"${bold}${dim}>${escaped(glyph)}</text>`,
		);
	}

	return shapes;
}

function coloursOf(one) {
	const fore = colour(
		one.isFgDefault(),
		one.isFgRGB(),
		one.getFgColor(),
		theme.fore,
	);
	const back = colour(
		one.isBgDefault(),
		one.isBgRGB(),
		one.getBgColor(),
		undefined,
	);
	return one.isInverse()
		? {fore: back ?? theme.back, back: fore}
		: {fore, back};
}

function colour(isDefault, isRgb, value, fallback) {
	if (isDefault) {
		return fallback;
	}

	return isRgb
		? `#${value.toString(16).padStart(6, '0')}`
		: (theme.colours[value] ?? fallback);
}

function box({left, top, width, height, fill, style = ''}) {
	return `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"${style}/>`;
}

function escaped(text) {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
