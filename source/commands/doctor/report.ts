import process from 'node:process';
import type {Finding} from '../../doctor/check.js';
import {verdictOf, type Verdict} from '../../doctor/verdict.js';
import {paint, type Line} from '../../summary/line.js';
import {wantsColour} from '../terminal.js';
import {block, title, verdictLines, type Sheet} from './block.js';

export type Section = Readonly<{
	/**
	Null for this machine.
	*/
	endpoint: string | null;
	url: string | null;
}>;

/**
Tells of findings as they are made, or of all at once in JSON.
*/
export type Report = Readonly<{
	begin(section: Section): void;
	tell(finding: Finding): void;
	/**
	Ends the section that was begun. `url` is where the API turned out to be.
	*/
	end(url?: string): void;
	/**
	Says what it all comes to.
	*/
	close(): Verdict['standing'];
}>;

export function createReport(
	sheet: Sheet & Readonly<{isJson: boolean}>,
): Report {
	return sheet.isJson ? new JsonReport() : new WordReport(sheet);
}

class WordReport implements Report {
	readonly #sheet: Sheet;
	readonly #isColoured = wantsColour(process.env, process.stdout.isTTY);
	readonly #findings: Finding[] = [];
	#isFirst = true;
	#curl: string | undefined;

	constructor(sheet: Sheet) {
		this.#sheet = sheet;
	}

	begin({endpoint, url}: Section): void {
		this.#print([
			...(this.#isFirst ? [] : [[]]),
			...(url === null
				? title('this machine', '', this.#sheet)
				: title(endpoint ?? url, endpoint === null ? '' : url, this.#sheet)),
			[],
		]);
		this.#isFirst = false;
		this.#curl = undefined;
	}

	tell({curl, ...finding}: Finding): void {
		this.#findings.push(finding);
		const shown = curl === this.#curl ? undefined : curl;
		this.#curl = curl ?? this.#curl;
		this.#print(block({...finding, ...(shown && {curl: shown})}, this.#sheet));
	}

	end(): void {
		// The verdict is of all.
	}

	close(): Verdict['standing'] {
		const verdict = verdictOf(this.#findings);
		this.#print([[], ...verdictLines(verdict, this.#sheet)]);
		return verdict.standing;
	}

	#print(lines: readonly Line[]): void {
		process.stdout.write(paint(lines, this.#isColoured));
	}
}

/**
One object a line for each endpoint. What was found on this machine stands first in the first of them.
*/
class JsonReport implements Report {
	#section: Section = {endpoint: null, url: null};
	#findings: Finding[] = [];
	#standing: Verdict['standing'] = 'ok';

	begin(section: Section): void {
		this.#section = section;
	}

	tell(finding: Finding): void {
		this.#findings.push(finding);
	}

	end(url = this.#section.url): void {
		this.#section = {...this.#section, url};
		if (url !== null) {
			this.#flush();
		}
	}

	close(): Verdict['standing'] {
		if (this.#findings.length > 0) {
			this.#flush();
		}

		return this.#standing;
	}

	#flush(): void {
		const verdict = verdictOf(this.#findings);
		process.stdout.write(
			`${JSON.stringify({
				...this.#section,
				findings: this.#findings,
				verdict: {...verdict, next: verdict.next ?? null},
			})}\n`,
		);
		this.#findings = [];
		if (verdict.standing === 'bad') {
			this.#standing = 'bad';
		}
	}
}
