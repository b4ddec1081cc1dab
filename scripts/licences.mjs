import fs from 'node:fs';
import path from 'node:path';

/**
Whose packages have no licence file of their own, though they are under the MIT licence.
*/
const holders = {
	'yoga-layout': 'Copyright (c) Meta Platforms, Inc. and affiliates.',
	'@alcalzone/ink-table': 'Copyright (c) Matic Zavadlal',
};

/**
What stands inside a package of somebody else.
*/
const within = new Map([
	[
		'undici',
		{title: 'llhttp (within undici)', holder: 'Copyright Fedor Indutny, 2018.'},
	],
]);

/**
The licences of all packages of which something is in the bundle, as their licences ask for it. Throws
where one has a licence that nobody has looked at.
@param moduleIds
*/
export function licenceTexts(moduleIds) {
	const folders = new Set(
		moduleIds
			.map((id) => folderOf(id))
			.filter((folder) => folder !== undefined),
	);
	const packages = Map.groupBy(
		[...folders].map((folder) => ({
			folder,
			...JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')),
		})),
		({name, version}) => `${name} ${version}`,
	);
	return [
		'Tollgate contains code of these packages.',
		...packages
			.keys()
			.toArray()
			.toSorted(compare)
			.flatMap((title) => {
				const [one] = packages.get(title);
				const inner = within.get(one.name);
				return [
					section(title, textOf(one)),
					...(inner ? [section(inner.title, mit(inner.holder))] : []),
				];
			}),
	].join('\n\n');
}

// Not by the language of whoever builds it.
const compare = (one, other) => (one < other ? -1 : 1);

const section = (title, text) =>
	`${'-'.repeat(72)}\n${title}\n${'-'.repeat(72)}\n\n${text.trim()}\n`;

const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);

function textOf({folder, name, license}) {
	if (!allowed.has(license)) {
		throw new Error(`${name} is under "${license}": may it be bundled?`);
	}

	const files = fs
		.readdirSync(folder)
		.filter((file) => /^licen[cs]es?(?:\.\w+)?$/iv.test(file));
	// Of what a package has bundled itself.
	const more = path.join(folder, 'build', 'licenses.md');
	const texts = [
		...files.map((file) => path.join(folder, file)),
		...(fs.existsSync(more) ? [more] : []),
	].map((file) => fs.readFileSync(file, 'utf8').trim());
	if (texts.length > 0) {
		return texts.join('\n\n');
	}

	if (license !== 'MIT' || holders[name] === undefined) {
		throw new Error(`${name} has no licence file: name its holder here.`);
	}

	return mit(holders[name]);
}

function folderOf(id) {
	const {folder} =
		/^\0?(?<folder>.*\/node_modules\/(?:@[^\/]+\/)?[^\/]+)\//v.exec(id)
			?.groups ?? {};
	return folder;
}

const mit = (holder) => `MIT License

${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
