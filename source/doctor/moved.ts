import {cleanText} from '../exchange/clean.js';
import {headerOf} from '../wire/header-list.js';
import {neighbours, otherScheme, written} from './base-url.js';
import {secretsOf, writeUrl, type Chart, type Outcome} from './chart.js';
import type {Knocked} from './knock.js';
import {found, hopeless, unknownPlace} from './places.js';

/**
Redirects are not followed: a client would drop the body of its request, or its key.
*/
export async function moved(chart: Chart, knocked: Knocked): Promise<Outcome> {
	const {base} = chart;
	const location = headerOf(knocked.answer.headers, 'location') ?? '';
	const target = URL.parse(location, knocked.request.url.href) ?? undefined;
	if (target === undefined) {
		return unknownPlace(chart);
	}

	const isSameHost = target.hostname === base.hostname;
	if (isSameHost && target.protocol === 'https:' && base.protocol === 'http:') {
		return toHttps(chart, target);
	}

	const where = cleanText(target.origin, secretsOf(chart));
	return (
		(await toOtherPlace(chart, target, where)) ??
		(isSameHost
			? ((await found(
					chart,
					neighbours(base),
					`${base.host} sends this url on to a web page`,
				)) ?? unknownPlace(chart))
			: hopeless(chart, {
					said: `Requests are sent on to ${where}, which is no API but most likely the page of a network that wants you to sign in.`,
					fix: 'Open any page in a browser, sign in to the network, and try again; or check the host in the url.',
				}))
	);
}

async function toHttps(chart: Chart, target: URL): Promise<Outcome> {
	const {base} = chart;
	const secure = otherScheme(base);
	secure.port = target.port;
	const said = `The url begins with http://, and ${base.host} sends every request on to https://`;
	return (
		(await found(chart, [secure], said)) ??
		hopeless(chart, {
			said: `${said}.`,
			fix: `${writeUrl(chart, written(secure))}.`,
		})
	);
}

/**
A list of models was asked for: where that is to be found now, so is the rest.
*/
async function toOtherPlace(
	chart: Chart,
	target: URL,
	where: string,
): Promise<Outcome | undefined> {
	const path = target.pathname.replace(/\/$/, '');
	if (!path.endsWith('/models')) {
		return undefined;
	}

	const place = new URL(target);
	place.search = chart.base.search;
	place.pathname = path.slice(0, -'/models'.length);
	return found(
		chart,
		[place],
		`This url has moved: ${chart.base.host} sends requests on to ${where}`,
	);
}
