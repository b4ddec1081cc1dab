import {misspelt, neighbours, otherScheme, written} from '../base-url.js';
import {isNearby, isPrivateWay, type Chart, type Outcome} from '../chart.js';
import {isApi} from '../knock.js';
import {takesPosts} from '../knock-at.js';
import {moved} from '../moved.js';
import {
	found,
	hopeless,
	unknownPlace,
	urlFinding,
	withVersion,
	type Said,
} from '../places.js';

/**
Whether the url is the base of an API; where it is not, its neighbours are tried.
*/
export async function address(chart: Chart): Promise<Outcome> {
	const knocked = chart.knocked!;
	const wrong = misspelt(chart.base);
	if (knocked.kind === 'portal') {
		return hopeless(chart, portalWords(chart));
	}

	if (knocked.kind === 'moved') {
		return moved(chart, knocked);
	}

	if (wrong !== undefined) {
		return (
			(await found(chart, neighbours(chart.base), `The url ${wrong.wrong}`)) ??
			unknownPlace(chart)
		);
	}

	if (isApi(knocked)) {
		return (await inTheClear(chart)) ?? good(chart);
	}

	if (knocked.kind === 'lost' && (await takesPosts(chart, chart.base))) {
		return good(chart);
	}

	const what =
		knocked.kind === 'page'
			? `${chart.base.host} answers with a web page at this url, not as an API does`
			: `There is no API at the path of this url (status ${knocked.answer.status})`;
	return (
		(await found(chart, neighbours(chart.base), what)) ?? unknownPlace(chart)
	);
}

function good(chart: Chart): Outcome {
	const {base, given} = chart;
	if (base !== given) {
		// What it should be has just been said.
		return {findings: [], chart};
	}

	const full = withVersion(base);
	const remark =
		full === written(base)
			? base.pathname.length > 1 && base.pathname.endsWith('/')
				? '; the slash at its end does no harm'
				: ''
			: `; the /v1 that it leaves out is added to each request (${full})`;
	return {
		findings: [
			urlFinding(chart, chart.knocked!, {
				standing: 'ok',
				said: `${written(base)} is the base of an API${remark}.`,
			}),
		],
		chart,
	};
}

/**
What is said to another machine without TLS can be read on the way, the key too.
*/
async function inTheClear(chart: Chart): Promise<Outcome | undefined> {
	const {base} = chart;
	if (isPrivateWay(base)) {
		return undefined;
	}

	const secure = await found(
		chart,
		[otherScheme(base)],
		'The url begins with http://, so that anybody on the way can read the key; https:// works there as well',
	);
	return (
		secure ??
		(isNearby(base)
			? undefined
			: {
					findings: [
						urlFinding(chart, chart.knocked!, {
							standing: 'warn',
							said: `${base.host} is an API, and is asked without TLS: anybody on the way can read the key.`,
							fix: 'Ask who runs it for an https:// url.',
						}),
					],
					chart,
				})
	);
}

const portalWords = ({base}: Chart): Said => ({
	said: `The network answers in place of ${base.host}, with its page to sign in (a captive portal).`,
	fix: 'Open any page in a browser, sign in to the network, and try again.',
});
