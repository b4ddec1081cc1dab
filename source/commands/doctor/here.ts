import {lookAtMachine} from '../../doctor/machine/machine.js';
import {thisPlace} from '../../doctor/machine/place.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {isRealModel} from '../real-model.js';
import type {Report} from './report.js';

/**
Looks at this machine and the home.
*/
export async function lookHere(given: Given, report: Report): Promise<void> {
	const {home} = look(given);
	report.begin({endpoint: null, url: null});
	for (const finding of await lookAtMachine(
		thisPlace({home, isModel: isRealModel}),
	)) {
		report.tell(finding);
	}

	report.end();
}
