import {place} from '../../config/problem.js';
import {setterWords} from '../../control/setter-words.js';
import type {Active, Change} from '../../control/steering.js';
import {showInstant} from '../../exchange/show.js';
import type {Line, Piece} from '../../summary/line.js';
import {count} from '../../summary/words.js';
import {activeInWords} from '../steering/words.js';
import type {Checked, Running, Wrong} from './checked.js';
import {settingLines} from './setting-lines.js';
import {wrap} from './wrap.js';

/**
What is wrong, or what is in force. Without columns no line is broken.
*/
export function inWords(
	checked: Checked,
	{
		running,
		other,
		columns = Infinity,
	}: Readonly<{
		running: Running | undefined;
		other?: Change<Active> | undefined;
		columns?: number | undefined;
	}>,
): readonly Line[] {
	const body =
		checked.problems.length === 0
			? [...headLines(checked, columns), ...settingLines(checked, columns)]
			: problemLines(checked, columns);
	return [
		...body,
		...runningLines(running, columns),
		...(other ? [[], ...sentence(otherInWords(other), columns)] : []),
	];
}

const sentence = (
	text: string,
	columns: number,
	tone: Piece[1] = 'plain',
): readonly Line[] =>
	wrap(text, {first: columns, rest: columns}).map((line) => [[line, tone]]);

function headLines({file, home}: Checked, columns: number): readonly Line[] {
	return [
		...sentence(
			file === undefined
				? 'There is no config, so everything has its default.'
				: `${file} is in order.`,
			columns,
			'bold',
		),
		...sentence(`The home is ${home.data}`, columns),
	];
}

function problemLines(
	{problems, file}: Checked,
	columns: number,
): readonly Line[] {
	return [
		...problems.flatMap((problem) => [
			...problemBlock(problem, {file, columns}),
			[],
		]),
		...sentence(
			`${problems.length} ${count(problems.length, 'problem')}. Nothing starts with this config.`,
			columns,
			'bold',
		),
	];
}

function problemBlock(
	{line, says, hint}: Wrong,
	{file, columns}: Readonly<{file: string | undefined; columns: number}>,
): readonly Line[] {
	const where = line === undefined ? '' : place(file, line);
	const width = {first: columns, rest: columns - 2};
	return [
		...indented(wrap(`${where}${says}`, width), 'warn'),
		...wrap(hint, {first: width.rest, rest: width.rest}).map((text): Line => [
			[`  ${text}`],
		]),
	];
}

const indented = (texts: readonly string[], tone: Piece[1]): readonly Line[] =>
	texts.map((text, index) => [[index === 0 ? text : `  ${text}`, tone]]);

function runningLines(
	running: Running | undefined,
	columns: number,
): readonly Line[] {
	return running === undefined
		? []
		: [
				[],
				...sentence(
					saidOf(running),
					columns,
					running.hasThis ? 'plain' : 'warn',
				),
			];
}

const otherInWords = ({value, setBy: setter, setAt: at}: Change<Active>) =>
	`Not the alias of [routing] is active, but ${activeInWords(value, Date.now())}: set ${setterWords[setter]} at ${showInstant(at)}, and kept in the log. To change it: tollgate alias NAME`;

function saidOf({url, pid, hasThis, problem}: Running): string {
	const who = `The passthrough at ${url} (process ${pid})`;
	if (hasThis === true) {
		return `${who} runs with this config.`;
	}

	const why = problem === undefined ? '' : ` It says: ${problem}`;
	return hasThis === undefined
		? `${who} goes on with the config that it has.${why}`
		: `${who} has another config in force.${why}${problem === undefined ? ' If it does not change by itself: tollgate stop, then start it again.' : ''}`;
}
