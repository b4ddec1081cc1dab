import fs from 'node:fs';
import path from 'node:path';
import {rolldown} from 'rolldown';
import {licenceTexts} from './licences.mjs';

fs.rmSync('dist', {recursive: true, force: true});

/**
A module of a library with some of its words changed. Throws where they are not there any more.
@param name
@param root0
@param root0.module
@param root0.from
@param root0.to
*/
const changed = (name, {module, from, to}) => ({
	name,
	transform(code, id) {
		if (!id.endsWith(module)) {
			return;
		}

		if (!code.includes(from)) {
			throw new Error(`${module} has changed: it no longer says ${from}`);
		}

		return code.replaceAll(from, () => to);
	},
});

/**
What draws tells characters apart all the time, almost all of them such as need no tables for it.
*/
const withQuickSegmenter = {
	name: 'with-quick-segmenter',
	transform(code, id) {
		const call = 'new Intl.Segmenter(';
		if (!id.includes('/node_modules/') || !code.includes(call)) {
			return;
		}

		const own = path.resolve('source/monitor/quick-segmenter.ts');
		return `import {QuickSegmenter} from ${JSON.stringify(own)};\n${code.replaceAll(call, 'new QuickSegmenter(')}`;
	},
};

/**
Of our own package.json the program says its version, and nothing else.
*/
const withVersionAlone = {
	name: 'with-version-alone',
	load(id) {
		if (id !== path.resolve('package.json')) {
			return;
		}

		const {version} = JSON.parse(fs.readFileSync(id, 'utf8'));
		return {code: JSON.stringify({version}), moduleType: 'json'};
	},
};

/**
To import a module of Node reads all that it exports: of process the three streams, of util and fs what has to be
loaded first. Asked for as a whole it gives what is used.
*/
const withLazyBuiltins = {
	name: 'with-lazy-builtins',
	renderChunk: (code) =>
		code
			.split('\n')
			.map((line) => lazily(line))
			.join('\n'),
};

function lazily(line) {
	const {whole, some, id} =
		/^import (?<whole>[\w$]+)?(?:, )?(?:\{ (?<some>.+) \})? from "(?<id>node:[\d\/_a-z]+|fs|path|util)";$/v.exec(
			line,
		)?.groups ?? {};
	if (id === undefined) {
		return line;
	}

	const found =
		id === 'node:process'
			? 'globalThis.process'
			: `globalThis.process.getBuiltinModule("${id}")`;
	if (asksLater.has(id)) {
		return [
			...(whole ? [`const ${whole} = ${found};`] : []),
			...(some?.split(', ') ?? []).map((one) => later(one, {id, found})),
		].join(' ');
	}

	const names = [whole, some && `{ ${some.replaceAll(' as ', ': ')} }`];
	return names
		.filter(Boolean)
		.map((name) => `const ${name} = ${found};`)
		.join(' ');
}

/**
Loaded by the first call of one of them. Functions that are called, and nothing else: what is passed on, as to
promisify, may have more to it than can be called.
*/
const asksLater = new Map([
	[
		'node:crypto',
		['createHash', 'hash', 'randomBytes', 'randomUUID', 'timingSafeEqual'],
	],
	['node:child_process', ['execFileSync', 'spawn', 'spawnSync']],
]);

function later(one, {id, found}) {
	const [name, as = name] = one.split(' as ', 2);
	if (!asksLater.get(id).includes(name)) {
		throw new Error(
			`${name} of ${id} is imported: can it be loaded by its first call?`,
		);
	}

	return `const ${as} = (...given) => ${found}.${name}(...given);`;
}

const readsConfig =
	/\/source\/config\/(?:[\-a-z]*kinds|setting|settings|problem|monitor-[\-a-z]+|config-file|toml-[\-a-z]+|table)\.ts$/v;

const readsSettings =
	/\/source\/(?:config\/(?:load|read-[\-a-z]+|loop|agent-key|alias-names|stranger|shut-door)|commands\/(?:setting-out|real-model)|fresh-random)\.ts$/v;

const asksTheLog =
	/\/source\/(?:control\/(?:presence|decisions)|usage-log\/(?:ledger|ledger-sql|limits|row))\.ts$/v;

const opensTheLog =
	/\/source\/(?:uptime|collect-garbage|usage-log\/(?:stride|build-rollups|inode|ledger-fill|ledger-triggers|ledger-schema|rollup-triggers|rollup-schema|convert-rollups|schema|open-foreign)|control\/(?:is-running|port-holder)|config\/(?:run-command|secret|credentials)|pricing\/(?:cost|multipliers|price-exchange)|commands\/controlling-terminal)\.ts$/v;

const {oneCellGlyphs} = await import('../source/monitor/theme.ts');

const bundle = await rolldown({
	plugins: [
		// Meow checks the licence names of a package.json at every start. Ours is checked by the linter.
		changed('without-licence-check', {
			module: 'meow/build/dependencies.js',
			from: 'var normalizeExports = requireNormalize();',
			to: 'var normalizeExports = () => undefined;',
		}),
		// Beside the paths that meow wants, what it uses can start programs. Nobody asks it to.
		changed('without-processes', {
			module: 'meow/build/dependencies.js',
			from: "import { execFile } from 'node:child_process';",
			to: 'const execFile = () => {};',
		}),
		// Ink measures every line of every frame. What we draw ourselves is one cell each, like ASCII.
		changed('with-known-glyphs', {
			module: 'string-width/index.js',
			from: String.raw`/^[\u0020-\u007E]*$/`,
			to: String.raw`/^[\u0020-\u007E${oneCellGlyphs}]*$/`,
		}),
		// Its binary stands in its own text: to fetch it from there loads a whole HTTP client.
		changed('without-fetch', {
			module: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
			from: '"function"!=typeof fetch',
			to: 'true',
		}),
		// We speak HTTP/1.1 to endpoints. As undici does where Node was built without it.
		changed('without-http2', {
			module: 'undici/lib/dispatcher/client-h2.js',
			from: "http2 = require('node:http2')",
			to: 'http2 = {constants: {}}',
		}),
		// Its developer tools are never there.
		changed('without-devtools', {
			module: 'ink/build/reconciler.js',
			from: "process.env['DEV'] === 'true'",
			to: 'false',
		}),
		// It is loaded for the first text that needs it, and then from beside us.
		changed('with-width-beside', {
			module: 'source/summary/line.ts',
			from: "require('string-width')",
			to: "require('./string-width.js')",
		}),
		withQuickSegmenter,
		withVersionAlone,
		withLazyBuiltins,
	],
	input: {
		bin: 'source/bin.ts',
		'checkpoint-worker': 'source/usage-log/checkpoint-worker.ts',
		'upkeep-worker': 'source/usage-log/upkeep-worker.ts',
		'string-width': 'string-width',
	},
	platform: 'node',
	// A native addon cannot be bundled: it is the one dependency that is installed.
	external: [/^node:/v, 'better-sqlite3'],
	transform: {
		// What engines in package.json promises.
		target: 'node22.19',
		jsx: {runtime: 'automatic', development: false},
		define: {'process.env.NODE_ENV': '"production"'},
	},
});
const {output} = await bundle.write({
	dir: 'dist',
	format: 'esm',
	entryFileNames: '[name].js',
	chunkFileNames: '[name]-[hash].js',
	// What a good part of the commands want lies together: every file more is looked up, read and checked. What
	// understands the config is apart, as some want all else and not that.
	codeSplitting: {
		groups: [
			{
				name: 'shared',
				priority: 1,
				minShareCount: 12,
				test: (id) => id.includes('/source/') && !readsConfig.test(id),
			},
			{
				name: 'config',
				minShareCount: 12,
				test: readsConfig,
			},
			{name: 'sums', priority: 1, test: /\/usage-log\/rollup-tables\.ts$/v},
			{
				name: 'catalogue',
				priority: 1,
				test: /\/pricing\/(?:catalogue|model-id)/v,
			},
			{name: 'settings', test: readsSettings},
			{name: 'asking', test: asksTheLog},
			{name: 'opening', test: opensTheLog},
		],
	},
});
await bundle.close();
fs.chmodSync('dist/bin.js', 0o755);
fs.writeFileSync(
	'dist/third-party-licences.txt',
	licenceTexts(output.flatMap(({moduleIds = []}) => moduleIds)),
);
