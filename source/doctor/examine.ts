import {secretsOf, type Chart, type Check} from './chart.js';
import type {Finding} from './check.js';

/**
Goes from check to check, each with what those before it found out, and tells each finding as it is
made. Ends early where nothing more can be learnt.
*/
export async function examine(
	chart: Chart,
	checks: readonly Check[],
	tell: (finding: Finding) => void,
): Promise<Chart> {
	let known = chart;
	for (const check of checks) {
		// eslint-disable-next-line no-await-in-loop -- Each goes on from the one before.
		const {findings, chart: next, over} = await check(known);
		known = next;
		for (const finding of findings) {
			tell(withoutSecrets(finding, secretsOf(chart)));
		}

		if (over) {
			break;
		}
	}

	return known;
}

/**
Foreign texts are cleaned where they enter; should one have got past that, here is the last door.
*/
function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
	const clean = (text: string) => {
		let rest = text;
		for (const secret of secrets) {
			rest = rest.replaceAll(secret, '[removed]');
		}

		return rest;
	};

	const {tookMs} = finding;
	return {
		...finding,
		...(tookMs !== undefined && {tookMs: Math.round(tookMs)}),
		said: clean(finding.said),
		...(finding.fix !== undefined && {fix: clean(finding.fix)}),
		...(finding.curl !== undefined && {curl: clean(finding.curl)}),
	};
}
