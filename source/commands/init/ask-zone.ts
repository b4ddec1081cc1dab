import {autocomplete, select} from '@clack/prompts';
import {machineZone} from '../../machine-zone.js';
import {systemZone} from '../../config/day-kinds.js';
import type {Ask} from './question.js';

const another = 'another';
const mostShown = 8;

/**
The zone that days are counted in: `system`, or an IANA name.
*/
export async function askZone(ask: Ask): Promise<string> {
	const zone = await ask<string>(async (common) =>
		select({
			...common,
			message: 'Your time zone?',
			options: [
				{value: systemZone, label: `This machine's (${machineZone()})`},
				{value: another, label: 'Another'},
			],
		}),
	);
	return zone === another
		? ask<string>(async (common) =>
				autocomplete({
					...common,
					message: 'Which time zone?',
					options: Intl.supportedValuesOf('timeZone').map((value) => ({
						value,
					})),
					maxItems: mostShown,
					filter: (written, {value}) =>
						value.toLowerCase().includes(asNamed(written)),
					validate: (value) =>
						value === undefined ? 'No zone has that in its name.' : undefined,
				}),
			)
		: zone;
}

const asNamed = (written: string): string =>
	written.trim().toLowerCase().replaceAll(' ', '_');
