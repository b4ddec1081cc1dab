import {
	meaningOf,
	type Origin,
	type SettingInForce,
} from '../../config/settings-in-force.js';
import {widthOf, type Line} from '../../summary/line.js';
import type {Checked} from './checked.js';
import {keyShown, valueShown} from './value.js';
import {wrap} from './wrap.js';

type Row = Readonly<{
	section: string;
	name: string;
	value: string;
	source: string;
	isSaid: boolean;
}>;

/**
Each setting with its value and where that comes from, under its section: in columns, where they have
room.
*/
export function settingLines(
	{settings, config}: Checked,
	columns: number,
): readonly Line[] {
	const rows = settings.map((setting): Row => {
		const meaning = config && meaningOf(setting, config);
		return {
			section: setting.section,
			name: setting.name,
			value: `${shown(setting)}${meaning === undefined ? '' : ` (${meaning})`}`,
			source: sourceOf(setting.from),
			isSaid: setting.from.kind !== 'default',
		};
	});
	const widths = {
		name: Math.max(...rows.map(({name}) => name.length)),
		source: Math.max(...rows.map(({source}) => source.length)),
		value: Math.max(...rows.map(({value}) => widthOf(value))),
	};
	const room = Math.min(columns, widest) - widths.name - widths.source - 6;
	return rows.flatMap((row, index) => [
		...(row.section === rows[index - 1]?.section
			? []
			: ([[], [[`[${row.section}]`, 'bold']]] as const)),
		...(room < leastRoom
			? stacked(row, columns)
			: inColumns(row, {
					...widths,
					value: Math.min(room, widths.value),
					isEndless: columns === Infinity,
				})),
	]);
}

/**
With less room for values, columns would be all gaps.
*/
const leastRoom = 24;
/**
On a wider screen the eye would lose the line.
*/
const widest = 120;

const shown = (setting: SettingInForce): string =>
	keyShown(setting) ??
	(setting.value === undefined
		? (setting.words ?? '').replaceAll('`', '')
		: valueShown(setting.value));

function sourceOf(from: Origin): string {
	switch (from.kind) {
		case 'file': {
			return `line ${from.line ?? '?'}`;
		}

		case 'flag': {
			return from.flag;
		}

		case 'environment': {
			return from.variable;
		}

		case 'default': {
			return 'default';
		}
	}
}

function inColumns(
	{name, value, source, isSaid}: Row,
	widths: Readonly<{name: number; value: number; isEndless: boolean}>,
): readonly Line[] {
	const room = widths.isEndless ? Infinity : widths.value;
	const [first = '', ...rest] = wrap(value, {first: room, rest: room});
	const gap = ' '.repeat(Math.max(0, widths.value - widthOf(first)));
	return [
		[
			[`  ${name.padEnd(widths.name)}  `],
			[`${first}${gap}  `],
			[source, isSaid ? 'info' : 'dim'],
		],
		...rest.map((text): Line => [[' '.repeat(widths.name + 4) + text]]),
	];
}

function stacked(
	{name, value, source: origin, isSaid}: Row,
	columns: number,
): readonly Line[] {
	const source = `# ${origin}`;
	const lines = wrap(`${name} = ${value}`, {
		first: columns - 2,
		rest: columns - 4,
	}).map((text, index) => `${index === 0 ? '  ' : ' '.repeat(4)}${text}`);
	const last = lines.at(-1)!;
	const tone = isSaid ? 'info' : 'dim';
	const fits = widthOf(last) + 2 + source.length <= columns;
	return [
		...lines.slice(0, -1).map((text): Line => [[text]]),
		fits ? [[`${last}  `], [source, tone]] : [[last]],
		...(fits ? [] : [[[' '.repeat(4)], [source, tone]] as const]),
	];
}
