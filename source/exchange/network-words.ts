import {said, theEndpoint, type Words} from './said.js';
import type {Told} from './told.js';

/**
Where no answer came: by the code of the system or of the HTTP client.
*/
export function networkWords(told: Told): Words {
	const code = told.errorType ?? '';
	const kind = networkKinds.find(({codes}) => codes.test(code)) ?? broken;
	const [cause, remedy] = kind.long;
	return said(
		kind.short,
		`${cause.split('%').join(theEndpoint(told.endpoint))}${told.possiblyBilled ? ' The whole request had been sent: it may be billed.' : ''}`,
		remedy,
	);
}

type Kind = Readonly<{
	codes: RegExp;
	short: readonly string[];
	/**
	`%` stands for the endpoint.
	*/
	long: readonly [cause: string, remedy: string];
}>;

const broken: Kind = {
	codes: /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
	short: ['connection broke', 'broke'],
	long: [
		'% broke the connection before it answered.',
		'Try again; if it stays so, ask who runs it, or look at the proxy between.',
	],
};

/**
The first whose codes match counts.
*/
export const networkKinds: readonly Kind[] = [
	{
		codes: /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/,
		short: ['host name not found', 'no such host', 'DNS'],
		long: [
			'The host name of the endpoint was not found (DNS).',
			'Check the host in its url, and whether this machine is online.',
		],
	},
	{
		codes: /^ECONNREFUSED$/,
		short: ['connection refused', 'refused'],
		long: [
			'% refuses connections: nothing listens at its address and port.',
			'Check its url, and whether the server there runs.',
		],
	},
	broken,
	{
		codes:
			/^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|ENETRESET)$/,
		short: ['no way there', 'no network'],
		long: [
			'This machine has no way to the network of the endpoint.',
			'Check whether it is online, and its VPN.',
		],
	},
	{
		codes: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
		short: ['certificate expired', 'TLS expired', 'TLS'],
		long: [
			"The certificate of the endpoint is not valid at this machine's time.",
			'Check the clock of this machine; otherwise whoever runs the endpoint has to renew it.',
		],
	},
	{
		codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
		short: ['certificate of another', 'TLS name', 'TLS'],
		long: [
			'The certificate is of another host than the url of the endpoint names.',
			'Check the host in its url.',
		],
	},
	{
		codes:
			/SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA/,
		short: ['certificate not trusted', 'TLS untrusted', 'TLS'],
		long: [
			'The certificate of the endpoint is signed by nobody this machine trusts.',
			'Where a company proxy or a local server has its own authority, name its file in NODE_EXTRA_CA_CERTS.',
		],
	},
	{
		codes: /^(?:EPROTO|ERR_SSL|ERR_TLS|CERT_)/,
		short: ['TLS failed', 'TLS'],
		long: [
			'No secure connection (TLS) could be made to the endpoint.',
			'Check whether its url should begin with http:// instead of https://, and its port.',
		],
	},
	{
		codes: /^PROXY_/,
		short: ['proxy refused', 'proxy'],
		long: [
			'The proxy on the way refused the connection.',
			'Check HTTPS_PROXY and its password, or name the host in NO_PROXY.',
		],
	},
	{
		codes: /^HPE_/,
		short: ['answer is no HTTP', 'no HTTP'],
		long: [
			'What came back is no HTTP.',
			'Check the scheme and the port in the url of the endpoint.',
		],
	},
];
