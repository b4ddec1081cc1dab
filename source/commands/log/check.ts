import process from 'node:process';
import {quarterMs} from '../../exchange/measures.js';
import {checkLog, type Checked, type Problem} from '../../usage-log/check.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {readLog} from '../read-log.js';

/**
So many are told in words; `--json` has them all.
*/
const toldProblems = 10;

/**
Says whether the usage log is whole and every sum adds up; exit code 1 where not.
*/
export async function checkUsageLog(given: Given): Promise<void> {
	const {server} = await look(given).config();
	const checked = readLog(server.log, checkLog);
	const ok = checked.problems.length === 0;
	process.stdout.write(
		given.flags['json'] === true
			? `${JSON.stringify({ok, ...checked})}\n`
			: `${linesOf(checked).join('\n')}\n`,
	);
	process.exitCode = ok ? 0 : 1;
}

function linesOf({
	problems,
	exchanges,
	sums,
	seals,
	unbuilt,
}: Checked): readonly string[] {
	const left = problems.length - toldProblems;
	const building =
		unbuilt === 0
			? []
			: [
					`${number(unbuilt)} requests of an older version are not in the sums yet; the passthrough adds them while it runs.`,
				];
	return problems.length === 0
		? [
				`All is well: ${number(exchanges)} requests, ${number(sums)} sums that add up, ${number(seals)} seals unbroken.`,
				...building,
			]
		: [
				...problems.slice(0, toldProblems).map((problem) => inWords(problem)),
				...(left > 0 ? [`… and ${number(left)} more; --json has all.`] : []),
				...building,
			];
}

function inWords(problem: Problem): string {
	switch (problem.kind) {
		case 'broken': {
			return `The file is damaged: ${problem.says}`;
		}

		case 'seal': {
			return `${quarter(problem.quarter)}: the sums of requests that were taken out are not as they were sealed.`;
		}

		case 'sum': {
			const {table, key, measure, tooMuch} = problem;
			const place = Object.entries(key)
				.filter(([, value]) => value !== '')
				.map(([name, value]) =>
					name === 'quarter' ? quarter(Number(value)) : `${name} ${value}`,
				)
				.join(', ');
			return `${place}: ${measure} in ${table} is ${number(Math.abs(tooMuch))} too ${tooMuch > 0 ? 'high' : 'low'}.`;
		}
	}
}

const quarter = (value: number): string =>
	`${new Date(value * quarterMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const number = (value: number): string => value.toLocaleString('en-US');
