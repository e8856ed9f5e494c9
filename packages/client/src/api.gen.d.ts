/** Nothing may be given. */
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
export interface paths {
	"/v1/events": {
		/** Events of the account, newest first. For members. */
		get: operations["listEvents"];
		/** Report one event. For devices. With its pictures in it (multipart), or as JSON that announces them: the answer then says where to upload them, and the event is sealed afterwards. */
		post: operations["reportEvent"];
	};
	"/v1/events/batch": {
		/** Report up to 100 events; each is accepted or refused by itself. For devices. */
		post: operations["reportEvents"];
	};
	"/v1/events/{id}/evidence": {
		/** Announce one more picture of an event that was reported with `moreEvidence`. For devices. The same picture again is answered the same, with a fresh URL. At most 40 of an event, and none once it is sealed or nothing was announced for 10 minutes. */
		post: operations["announceEvidence"];
	};
	"/v1/events/{id}/seal": {
		/** Evidence is up: verify it and make its moments ready. For devices. Once nothing is missing, no more evidence of the event may be announced. */
		post: operations["sealEvent"];
	};
	"/v1/events/{id}/signatures": {
		/** Say what a gateway signed of the event's pictures when it captured them. For devices. Verified with the key that the gateway has told (`PUT /v1/gateway/key`), over what was announced. The first signature of a picture counts. */
		put: operations["signEvidence"];
	};
	"/v1/events/{id}/dismiss": {
		/** Call the event's assessment false: such assessments weigh less from now on. Once for each event. For members of role member or above. */
		post: operations["dismissEvent"];
	};
	"/v1/events/{id}": {
		/** One event, with its evidence and what is known of its session so far. For members. */
		get: operations["getEvent"];
	};
	"/v1/sessions": {
		/** Sessions of the account, newest first; of some days of its calendar, by when they began. For members. */
		get: operations["listSessions"];
	};
	"/v1/sessions/{id}": {
		/** One session with its events. For members. */
		get: operations["getSession"];
	};
	"/v1/sessions/{id}/reviews": {
		/** Ask for a deep review; an open session is closed by it. For members of role member or above. */
		post: operations["requestReview"];
	};
	"/v1/reviews/{id}": {
		/** One review: its state, K and why, and its position in the queue. For members. */
		get: operations["getReview"];
	};
	"/v1/digests/stream": {
		/** What happens in the account, as server-sent events. For members. Digests, addenda, life-safety assessments, reviews that move, sessions that open, devices that fall silent: the event's name is the kind, its data a `StreamEntry`, its id a number that only grows. A client that comes back with `Last-Event-ID` misses nothing and gets nothing twice; after more than a day away it gets an event `reset` and reads the lists anew. A comment every 15 s shows that the stream lives. It ends with the right to it, within a second or so, and by itself after two minutes: come back with the last id, as every EventSource does. */
		get: operations["followStream"];
	};
	"/v1/digests": {
		/** Digests of the account that match the filter, newest first. For members. */
		get: operations["listDigests"];
	};
	"/v1/digests/unread": {
		/** How many digests who asks has not read. For members. */
		get: operations["countUnread"];
	};
	"/v1/digests/read": {
		/** Say that you have read all digests that were there when this one came. For members. */
		post: operations["markReadUpTo"];
	};
	"/v1/digests/{id}/reading": {
		/** Say that you have read a digest, or call it unread again; others do not see it. For members. */
		put: operations["markReading"];
	};
	"/v1/digests/overnight": {
		/** What happened in the quiet hours that began last; 404 while the account has none. For members. */
		get: operations["getOvernight"];
	};
	"/v1/search": {
		/** Ask for digests in words: `person at the back door last night`. For members. Times are read by the account's time zone: `yesterday evening`, `since Friday`, `between 2 and 4`, `20 November`, `in the last two hours`. The rest is looked for in what digests say, what was seen, and where; all of it must be found. */
		get: operations["searchDigests"];
	};
	"/v1/digests/{id}": {
		/** One digest with its evidence; picture URLs live at most 60 s. For members. */
		get: operations["getDigest"];
	};
	"/v1/digests/{id}/shares": {
		/** Links to this digest, newest first, those that have ended too. For members. */
		get: operations["listSharesOfDigest"];
		/** Make a link by which anybody may read this digest; the answer holds it, once. For members of role member or above. The page shows the one digest, read only, and nothing else of the account. Making and revoking it, and its first opening, stand in the audit trail. */
		post: operations["shareDigest"];
	};
	"/v1/shares": {
		/** Links to digests of the account, newest first, those that have ended too. For members. */
		get: operations["listShares"];
	};
	"/v1/shares/{id}": {
		/** Revoke a link: it stops working at once. For members of role member or above. */
		delete: operations["revokeShare"];
	};
	"/v1/digests/{id}/exports": {
		/** Write the digest and its pictures into an archive that can be checked without Vigil. For members. A zip of `digest.json`, the pictures, `SHA256SUMS` and a page that shows them and checks them offline, in what `Accept-Language` asks for. It lies in the store for a day; the same digest twice, in the same language, is the same archive. */
		post: operations["exportDigest"];
	};
	"/v1/authenticity/text": {
		/** Check a text. For members of role member or above. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkText"];
	};
	"/v1/authenticity/image": {
		/** Check a picture. For members of role member or above. The body is the file, of up to 4194304 bytes. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkImage"];
	};
	"/v1/authenticity/audio": {
		/** Check a sound recording. For members of role member or above. The body is the file, of up to 4194304 bytes. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkAudio"];
	};
	"/v1/authenticity/video": {
		/** Check a video. For members of role member or above. The body is the file, of up to 4194304 bytes. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkVideo"];
	};
	"/v1/authenticity/url": {
		/** Check the picture or the plain text that stands at a public address. For members of role member or above. Fetched once, without following redirects, in 10 s at most. The address is not kept. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkUrl"];
	};
	"/v1/authenticity/batch": {
		/** Check many at once; answered in their order when all have ended. For members of role member or above. Up to 50 items, some at once. Refused as a whole where points do not suffice for all. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["checkBatch"];
	};
	"/v1/authenticity/stream": {
		/** Check many at once; each is told as it ends, as server-sent events. For members of role member or above. As a batch: an event `result` for each item, then one `end`. Who goes away ends it: what was not begun costs nothing. It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again. */
		post: operations["followChecks"];
	};
	"/v1/authenticity/history": {
		/** What was checked, the newest first. For members. */
		get: operations["listChecks"];
	};
	"/v1/authenticity/history/{id}": {
		/** One check. For members. */
		get: operations["getCheck"];
	};
	"/v1/authenticity/dashboard": {
		/** How much was checked, what came of it, and how many points are left today. For members. */
		get: operations["getChecksDashboard"];
	};
	"/v1/authenticity/evaluation": {
		/** How often answers are wrong, where that was measured. For members. */
		get: operations["getChecksEvaluation"];
	};
	"/v1/authenticity/export": {
		/** What was checked, as a file. For members of role member or above. The newest 10000 that match. It is noted in the audit trail. */
		get: operations["exportChecks"];
	};
	"/v1/authenticity/uploads": {
		/** Announce a large sound recording or video to be checked. For members of role member or above. Up to 67108864 bytes of sound, 134217728 of video. `PUT` it to the URL of the answer with exactly its headers, within a minute from now, then complete it. Its points are claimed now, and given back where there is no answer and the file was as announced. */
		post: operations["announceCheckUpload"];
	};
	"/v1/authenticity/uploads/{id}/complete": {
		/** It is uploaded: a worker is to look. Where bytes are missing, the answer has a fresh URL. For members of role member or above. */
		post: operations["completeCheckUpload"];
	};
	"/v1/authenticity/uploads/{id}": {
		/** What became of a recording that was announced. For members. */
		get: operations["getCheckUpload"];
	};
	"/v1/digests/{id}/custody": {
		/** What the evidence log knows of a digest and of the moments that it rests on, with proofs. For members. */
		get: operations["getCustodyOfDigest"];
	};
	"/v1/events/{id}/custody": {
		/** What the evidence log knows of an event's moments, with proofs. For members. */
		get: operations["getCustodyOfEvent"];
	};
	"/v1/endpoints": {
		/** Where the account is told. For members. */
		get: operations["listEndpoints"];
		/** Say where the account wants to be told; the answer for a webhook holds its signing secret, once. For members of role member or above. The same address again is the endpoint that is there, with the new wishes. An e-mail address is told nothing until its reader has followed the link in the e-mail that it is sent. It is told in `language`, or in what `Accept-Language` asks for; webhooks are told in English. */
		post: operations["addEndpoint"];
	};
	"/v1/endpoints/offer": {
		/** What this installation can tell with, beside webhooks. For members. */
		get: operations["getEndpointOffer"];
	};
	"/v1/endpoints/{id}": {
		/** Remove an endpoint: its address and secrets are forgotten, its deliveries stay. For members of role member or above. */
		delete: operations["removeEndpoint"];
		/** Change what an endpoint is told, or switch it off or on. For members of role member or above. */
		patch: operations["changeEndpoint"];
	};
	"/v1/endpoints/{id}/secret": {
		/** Give a webhook a new secret; the old one signs beside it for a day. For members of role member or above. */
		post: operations["rotateEndpointSecret"];
	};
	"/v1/endpoints/{id}/test": {
		/** Send a test to an endpoint; its deliveries show what came of it. For members of role member or above. */
		post: operations["testEndpoint"];
	};
	"/v1/endpoints/{id}/deliveries": {
		/** What an endpoint was told, newest first. For members. */
		get: operations["listEndpointDeliveries"];
	};
	"/v1/endpoints/{id}/redeliveries": {
		/** Tell an endpoint once more what it was told, or should have been, in a stretch of time. For members of role member or above. */
		post: operations["redeliverRange"];
	};
	"/v1/deliveries": {
		/** What the account was told, newest first. For members. */
		get: operations["listDeliveries"];
	};
	"/v1/deliveries/{id}": {
		/** One delivery with its message and every attempt. For members. */
		get: operations["getDelivery"];
	};
	"/v1/deliveries/{id}/redeliveries": {
		/** Tell it once more, under the same id. For members of role member or above. */
		post: operations["redeliver"];
	};
	"/v1/account": {
		/** The account of the key. For members. */
		get: operations["getAccount"];
		/** Change the time zone and the quiet hours; a new zone stretches the day of the allowance under way. For members of role owner. */
		patch: operations["changeAccount"];
	};
	"/v1/dismissals": {
		/** Forget which assessments were called false. For members of role member or above. */
		delete: operations["resetDismissals"];
	};
	"/v1/ledger": {
		/** What was accepted, what is under way and how the rest ended: nothing is missing while it balances. For members. */
		get: operations["getLedger"];
	};
	"/v1/trends": {
		/** What days of the account's calendar were like: events by hour and zone, levels, reviews, responses. For members. */
		get: operations["getTrends"];
	};
	"/v1/usage": {
		/** What the tier allows, what is used, what is left and when it resets. For members. */
		get: operations["getUsage"];
	};
	"/v1/account/exports": {
		/** Exports of the account, the newest first. For members of role owner. */
		get: operations["listExports"];
		/** Have everything of the account written into archives; one that is under way is the one that is wanted. For members of role owner. */
		post: operations["askExport"];
	};
	"/v1/account/exports/{id}": {
		/** How far an export has come; once it is ready, with a link to each archive that is good for a minute. For members of role owner. */
		get: operations["getExport"];
	};
	"/v1/account/erasure": {
		/** Whether the account is to be erased, and when. For members. */
		get: operations["showErasure"];
		/** Have the account erased, a day from now, with everything that it has; every owner is told by mail. For members of role owner. */
		post: operations["askErasure"];
		/** Call the erasure off, before it begins. For members of role owner. */
		delete: operations["callOffErasure"];
	};
	"/v1/consents": {
		/** What may be looked for in the pictures of each site, who said so, and what became of what was withdrawn. For members. */
		get: operations["listConsents"];
	};
	"/v1/sites/{id}/consents/{kind}": {
		/** Consent to something being looked for in a site's pictures, or withdraw that. For members of role owner. From the answer on nothing of the kind is stored. What was is erased in the background, out of digests and what was told of them as well; the receipt says what went. Pictures stay. */
		put: operations["changeConsent"];
	};
	"/v1/memberships": {
		/** Who is signed in, and the accounts that they are in. For whoever is signed in in a browser. */
		get: operations["listMemberships"];
	};
	"/v1/person": {
		/** Choose the language that one is told things in, in all accounts. For whoever is signed in in a browser. */
		patch: operations["changePerson"];
	};
	"/v1/accounts": {
		/** Open an account of tier lite, with its first site. For whoever is signed in in a browser. */
		post: operations["openAccount"];
	};
	"/v1/members": {
		/** Who is in the account, and as what. For members. */
		get: operations["listMembers"];
	};
	"/v1/members/{id}": {
		/** Remove a member; nothing of theirs is valid from then on. For members of role owner. */
		delete: operations["removeMember"];
		/** Change a member's role or name; an account always keeps an owner. For members of role owner. */
		patch: operations["changeMember"];
	};
	"/v1/membership": {
		/** Leave the account; nothing of one's own is valid there from then on. For members. */
		delete: operations["leaveAccount"];
		/** Change what one is called in the account. For members. */
		patch: operations["renameSelf"];
	};
	"/v1/audit": {
		/** What was done in the account and by whom, newest first. For members of role member or above. */
		get: operations["listAudit"];
	};
	"/v1/invitations/shown": {
		/** What a link invites to. For whoever is signed in in a browser. */
		post: operations["showInvitation"];
	};
	"/v1/invitations/accepted": {
		/** Become a member by a link, once. For whoever is signed in in a browser. */
		post: operations["acceptInvitation"];
	};
	"/v1/invitations": {
		/** Invitations that may still be accepted. For members of role owner. */
		get: operations["listInvitations"];
		/** Invite somebody; the answer holds the link, once, which is good for one person and seven days. For members of role owner. */
		post: operations["addInvitation"];
	};
	"/v1/invitations/{id}": {
		/** Take an invitation back at once. For members of role owner. */
		delete: operations["revokeInvitation"];
	};
	"/v1/tokens": {
		/** One's own tokens; an owner sees everybody's. For members. */
		get: operations["listTokens"];
		/** Make a token for programs of one's own; the answer holds it, once. For members. */
		post: operations["addToken"];
	};
	"/v1/tokens/{id}": {
		/** Revoke a token at once. For members. */
		delete: operations["revokeToken"];
	};
	"/v1/billing": {
		/** What the account has bought, and what there is to buy. For members. */
		get: operations["getBilling"];
	};
	"/v1/billing/checkouts": {
		/** A page where the account buys a tier; the tier follows once it is paid. For members of role owner. */
		post: operations["openCheckout"];
	};
	"/v1/billing/portals": {
		/** A page where the account's subscription is changed, cancelled or paid, with its invoices. For members of role owner. */
		post: operations["openPortal"];
	};
	"/v1/devices": {
		/** Devices of the account. For members. */
		get: operations["listDevices"];
		/** Add a device; the answer holds its key, once. For members of role owner. */
		post: operations["addDevice"];
	};
	"/v1/devices/{id}": {
		/** Remove a device: its keys stop working, its events stay. For members of role owner. */
		delete: operations["removeDevice"];
	};
	"/v1/devices/{id}/keys": {
		/** Add a key beside the old one, to rotate without a gap. For members of role owner. */
		post: operations["addDeviceKey"];
	};
	"/v1/devices/{id}/key-rotations": {
		/** Put a new key in the place of the old ones, which stay valid for an overlap. For members of role owner. */
		post: operations["rotateDeviceKey"];
	};
	"/v1/devices/{id}/keys/{keyId}": {
		/** Revoke a key at once. For members of role owner. */
		delete: operations["revokeDeviceKey"];
	};
	"/v1/enrolments/shown": {
		/** Which device waits with a code. For members of role owner. */
		post: operations["showEnrolment"];
	};
	"/v1/enrolments/granted": {
		/** Let the device with this code in; it gets its key by itself. For members of role owner. */
		post: operations["grantEnrolment"];
	};
	"/v1/enrolments/refused": {
		/** Turn the device with this code away. For members of role owner. */
		post: operations["refuseEnrolment"];
	};
	"/v1/devices/{id}/scene": {
		/** What always stands before a camera, and what is drawn on its picture. For members. */
		get: operations["getScene"];
	};
	"/v1/masks": {
		/** What a device is to blacken in its pictures before it sends them; what it leaves is blackened when it comes. For devices. */
		get: operations["getMasks"];
	};
	"/v1/devices/{id}/scene/objects": {
		/** Say that a thing belongs there: it is no news until it has left. For members of role member or above. What stands in the same place already is what is meant. People and animals never belong to a scene. */
		post: operations["teachSceneObject"];
	};
	"/v1/devices/{id}/scene/objects/{objectId}": {
		/** Say that a thing does not belong there: seen again, it is news. For members of role member or above. */
		delete: operations["forgetSceneObject"];
		/** Name what stands before a camera. For members of role member or above. */
		patch: operations["renameSceneObject"];
	};
	"/v1/devices/{id}/scene/areas": {
		/** Draw where things are not told of, and where which zone lies. For members of role member or above. */
		put: operations["changeSceneAreas"];
	};
	"/v1/gateway": {
		/** A gateway says how it is, and which sensors it speaks for; each report replaces the one before. For devices. */
		put: operations["reportGateway"];
	};
	"/v1/gateway/key": {
		/** A gateway tells the key with which it signs evidence when it is captured. For devices. Told again, nothing changes. A gateway that has another key tells it, and what was signed before stays as verified. */
		put: operations["tellGatewayKey"];
	};
	"/v1/gateways": {
		/** Gateways of the account, with the sensors that they speak for. For members. */
		get: operations["listGateways"];
	};
	"/v1/events/{id}/verdict": {
		/** What became of an event: its assessment, and the digest of its session once there is one. For devices. */
		get: operations["getEventVerdict"];
	};
	"/v1/runs": {
		/** Runs of the account, newest first. For members. */
		get: operations["listRuns"];
		/** Open a run for pictures of one source. For members of role member or above. */
		post: operations["openRun"];
	};
	"/v1/runs/{id}": {
		/** One run: its state, and how its items ended. For members. */
		get: operations["getRun"];
	};
	"/v1/runs/{id}/items": {
		/** Items of a run, in order, with what was seen in them. For members. */
		get: operations["listRunItems"];
		/** Name items of a run, at most 256 at a time; the answer says whose bytes must be uploaded first. For members of role member or above. */
		post: operations["nameRunItems"];
	};
	"/v1/runs/{id}/groups": {
		/** Items of a run that show the same. For members. */
		get: operations["listRunGroups"];
		/** Take items of a run out of their group, or join groups, before it is sealed. For members of role member or above. */
		post: operations["decideRunGroups"];
	};
	"/v1/runs/{id}/actions": {
		/** Finish the listing of a run, pause, resume, cancel or seal it, or roll it back. For members of role member or above. */
		post: operations["moveRun"];
	};
	"/v1/runs/{id}/manifest": {
		/** The signed manifest that was made for a run last, and where its segments are. For members. */
		get: operations["getRunManifest"];
	};
	"/v1/questions": {
		/** The next questions for whoever asks. For members of role member or above. */
		get: operations["listQuestions"];
	};
	"/v1/questions/{id}/answers": {
		/** Answer a question; the last answer counts, until the run is sealed. For members of role member or above. */
		post: operations["answerQuestion"];
		/** Take back your answer: the question is open again. For members of role member or above. */
		delete: operations["takeBackAnswer"];
	};
	"/v1/sources": {
		/** Devices, and what runs of the last 30 days name as their source. For members. */
		get: operations["listSources"];
	};
	"/v1/sources/{id}": {
		/** One source: its state, why, and the way back. For members. */
		get: operations["getSource"];
		/** Overrule the state of a source with a reason, or say how much it may give. For members of role owner. */
		patch: operations["changeSource"];
	};
	"/operator/v1/load": {
		/** How busy the system is, K in force and why. For operators. */
		get: operations["getLoad"];
	};
	"/operator/v1/ledger": {
		/** Whether all that was accepted is under way or has ended, and which account and row it is not true of. For operators. */
		get: operations["getLedgerOfAll"];
	};
	"/operator/v1/dead-letters": {
		/** Jobs that nobody could finish, of every account, the latest first. For operators. */
		get: operations["listDeadLetters"];
	};
	"/operator/v1/reviews/{id}/redrive": {
		/** Send a failed review once more, without charging it; calling it again changes nothing. For operators. */
		post: operations["redriveReview"];
	};
	"/operator/v1/accounts": {
		/** Accounts, the newest first: by a part of the name, or by id. For operators. */
		get: operations["listAccounts"];
	};
	"/operator/v1/accounts/{id}/tier": {
		/** Set an account's tier, at once; the next change of its subscription may set another. For operators. */
		put: operations["setTier"];
	};
	"/operator/v1/accounts/{id}/labels": {
		/** Set what an account is told of each thing that the detector names; its members may change it again. For operators. */
		put: operations["setLabels"];
	};
	"/operator/v1/deployments": {
		/** New versions that had a share of the requests, what came of each and why, the newest 50 first. For operators. */
		get: operations["listDeployments"];
		/** Give a new version a share of the requests; one that runs already with it is the answer. For operators. */
		post: operations["openDeployment"];
	};
	"/operator/v1/deployments/{id}/observations": {
		/** Say how requests ended; it promotes or rolls back by itself, and the answer has the share from now on. For operators. */
		post: operations["observeDeployment"];
	};
	"/operator/v1/deployments/{id}/stop": {
		/** Take the share from the new version; asked once more, nothing changes. For operators. */
		post: operations["stopDeployment"];
	};
	"/operator/v1/models": {
		/** Which model is in use, who decided so why, and which are registered. For operators. */
		get: operations["listModels"];
		/** Register a prepared model, so that it can be promoted; the same again changes nothing. For operators. */
		post: operations["registerModel"];
	};
	"/operator/v1/models/promotions": {
		/** Have every worker use a registered model, on your own word. For operators. */
		post: operations["promoteModel"];
	};
	"/operator/v1/models/roll-backs": {
		/** Go back to the model that was in use before the last decision. For operators. */
		post: operations["rollBackModel"];
	};
	"/operator/v1/models/record": {
		/** All decisions on models, signed, as vigil-verify checks them. For operators. */
		get: operations["getModelRecord"];
	};
	"/operator/v1/experiments": {
		/** Models that were compared with the one in use, the newest 50 first. For operators. */
		get: operations["listExperiments"];
		/** Compare a registered model with the one in use; one that runs already with it is the answer. For operators. */
		post: operations["openExperiment"];
	};
	"/operator/v1/experiments/{id}/pairs": {
		/** Say of items which of the two models was right; it promotes, blocks or takes back by itself. For operators. */
		post: operations["recordExperimentPairs"];
	};
	"/operator/v1/experiments/{id}/disagreements": {
		/** Pictures of which its two models say different things, of accounts that take part in trials. For operators. */
		get: operations["listDisagreements"];
	};
	"/operator/v1/experiments/{id}/disagreements/{no}/answer": {
		/** Say which of the two is right; one that is answered already, or gone, changes nothing. For operators. */
		put: operations["answerDisagreement"];
	};
	"/operator/v1/experiments/{id}/stop": {
		/** Take no more pairs; asked once more, nothing changes. For operators. */
		post: operations["stopExperiment"];
	};
	"/operator/v1/traces": {
		/** The last traces, from device to subscriber, where this installation keeps them itself. For operators. */
		get: operations["listTraces"];
	};
}
export interface components {
	schemas: {
		Account: {
			id: components["schemas"]["AccountId"];
			name: string;
			tier: components["schemas"]["Tier"];
			/** An IANA name */
			timeZone: string;
			/** Absent: alerts never wait */
			quietHours?: components["schemas"]["QuietHours"];
			labels: components["schemas"]["LabelWishes"];
			pictures: components["schemas"]["KeptPictures"];
			/** Whether models on trial may look at pictures as well, and operators be shown those of which two models say different things */
			modelTrials: boolean;
			sites: components["schemas"]["Site"][];
		};
		/**
		 * What is left out stays as it is.
		 * @example {
		 * "timeZone": "Europe/London",
		 * "quietHours": {
		 * "from": "22:30",
		 * "until": "07:00"
		 * }
		 * }
		 */
		AccountChange: {
			/** An IANA name */
			timeZone?: string;
			/** Null switches them off */
			quietHours?: components["schemas"]["QuietHours"] | null;
			/** All of them: {} goes back to the default */
			labels?: components["schemas"]["LabelWishes"];
			/** For how many days pictures are kept; null: as long as the tier has it */
			picturesDays?: number | null;
			/** False ends it, and erases what models on trial saw that nobody has judged yet */
			modelTrials?: boolean;
		};
		/** Everything of an account, in archives. docs/account.md says what is in them. */
		AccountExport: {
			id: components["schemas"]["ExportId"];
			state: "waiting" | "writing" | "ready" | "expired" | "failed";
			askedAt: components["schemas"]["Instant"];
			readyAt: components["schemas"]["Instant"] | null;
			/** When its archives are deleted */
			expiresAt: components["schemas"]["Instant"] | null;
			/** Written until now */
			rows: number;
			/** Pictures and other objects, written until now */
			objects: number;
			volumes: components["schemas"]["ExportVolume"][];
		};
		AccountExportPage: {
			items: components["schemas"]["AccountExport"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** @example acc_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		AccountId: string;
		AccountPage: {
			items: components["schemas"]["OperatedAccount"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/**
		 * A picture that will be uploaded.
		 * @example {
		 * "name": "door-1.jpg",
		 * "contentType": "image/jpeg",
		 * "bytes": 182041,
		 * "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		 * }
		 */
		AnnouncedEvidence: {
			name: string;
			contentType: components["schemas"]["ContentType"];
			bytes: number;
			sha256: string;
			/** Format: date-time. Left out: when the event occurred */
			capturedAt?: string;
		};
		/**
		 * @example {
		 * "answer": "yes"
		 * }
		 */
		AnswerInput: {
			answer: components["schemas"]["AnswerVerdict"];
		};
		/** What a person says: what the question asks for is there, is not there, or cannot be told. */
		AnswerVerdict: "yes" | "no" | "cannot-tell";
		/** What a thing looks like. Never given of people or animals. */
		Appearance: {
			/** Difference hash of what the box shows: 64 bits, of which a like view differs in few */
			hash: string;
			/** Absent where no colour prevails, and in a picture without colours */
			colour?: components["schemas"]["Colour"];
		};
		/** The explainer's judgement, from rules alone. */
		Assessment: {
			level: components["schemas"]["Level"];
			score: number;
			summary: string;
			reasons: components["schemas"]["Reason"][];
			recommendation: string;
			tone: "calm" | "attentive" | "urgent";
			lifeSafety: boolean;
		};
		Attempt: {
			number: number;
			at: components["schemas"]["Instant"];
			status: number | null;
			milliseconds: number;
			error: string | null;
		};
		AuditEntry: {
			id: components["schemas"]["AuditId"];
			at: components["schemas"]["Instant"];
			/** A member or device, or what acted by itself */
			actor: string;
			actorName: string | null;
			/** As in `member.removed` */
			action: string;
			/** What it was done to */
			subject: string;
			subjectName: string | null;
			detail: Record<string, unknown>;
		};
		/** @example aud_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		AuditId: string;
		AuditPage: {
			items: components["schemas"]["AuditEntry"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** What can be said of whether a picture is what it claims to be. None of it changes an event's level. */
		Authenticity: {
			/** Null: no worker has looked for it */
			provenance: components["schemas"]["Provenance"] | null;
			custody: {
				status: components["schemas"]["CustodyStatus"];
			};
			capture: components["schemas"]["Capture"];
			replay: components["schemas"]["Replay"];
			synthetic: components["schemas"]["Synthetic"];
		};
		BatchAccepted: {
			status: 202;
			event: components["schemas"]["EventAccepted"];
		};
		BatchAnswer: {
			items: components["schemas"]["BatchItem"][];
		};
		BatchItem: components["schemas"]["BatchAccepted"] | components["schemas"]["BatchRefused"];
		BatchRefused: {
			status: number;
			problem: components["schemas"]["Problem"];
		};
		Billing: {
			tier: components["schemas"]["Tier"];
			/** Whether this installation sells tiers; otherwise operators set them */
			isOffered: boolean;
			prices: components["schemas"]["Price"][];
			/** Those that have not ended */
			subscriptions: components["schemas"]["Subscription"][];
		};
		/** Without its confidence, which would tell the models apart. */
		BlindThing: {
			label: string;
			box: components["schemas"]["Box"];
		};
		/** x, y, width, height, each as a fraction (0..1) of the image; x and y are the top left corner. */
		Box: [
			number,
			number,
			number,
			number
		];
		/** A digest with its pictures, to be kept and checked without Vigil. */
		Bundle: {
			/** A presigned GET of at most 60 s: a zip archive */
			url: string;
			expiresAt: components["schemas"]["Instant"];
			bytes: number;
			/** SHA-256 of the bundle's list of sums, hex; the audit trail has it too */
			sumsSha256: string;
			pictures: number;
		};
		/** Which second-stage models the worker has. An absent model is stated, never passed off as an empty result. */
		Capabilities: {
			faces: boolean;
			reidentification: boolean;
			plates: boolean;
		};
		/** Whether a picture's file is as one of its device is, and agrees with itself. */
		Capture: {
			/** `consistent`: encoded as pictures of this device are, which some other cameras' are too; `novel`: not as any of this device was, as after an update, with other settings, or of another camera; `contradicts`: the file says something that cannot be so, or that differs from what the event says; `cannot-tell`: nothing contradicts itself, and no more can be said */
			status: "consistent" | "novel" | "contradicts" | "cannot-tell";
			/** Where `status` is `cannot-tell`: no worker has looked; too few pictures of the device were seen; or they differ too much from each other */
			why?: "not-looked-for" | "not-enrolled" | "varies";
			reasons: components["schemas"]["CaptureReason"][];
			/** Absent: it came without one, as from all that are no gateway */
			signature?: components["schemas"]["CaptureSignature"];
		};
		/** Contradictions: `name-differs`: the name ends as another kind of file does; `exif-size-differs`: EXIF says another size; `thumbnail-differs`: the small picture within the file shows something else; `camera-differs`: EXIF names another camera than all pictures of the device did; `time-ahead`: EXIF has a time to come; `time-differs`: EXIF and the event disagree by more than the device's clock explains; `signature-wrong`: it is not what its gateway signed when it was captured. And what is new of the device: `encoder-new`, `size-new`. */
		CaptureCode: "name-differs" | "exif-size-differs" | "thumbnail-differs" | "camera-differs" | "time-ahead" | "time-differs" | "signature-wrong" | "encoder-new" | "size-new";
		CaptureReason: {
			code: components["schemas"]["CaptureCode"];
			detail: string;
		};
		/** What a gateway signed of a picture when it was captured. */
		CaptureSignature: {
			status: components["schemas"]["SignatureStatus"];
			/** As the gateway's clock had it */
			at: components["schemas"]["Instant"];
			keyId: string;
			/** Counts up with each signature of the key */
			sequence: number;
		};
		/** A check and its answer. Of what was checked nothing else is kept than its hash, its size and this answer. */
		Check: {
			id: components["schemas"]["CheckId"];
			kind: components["schemas"]["CheckKind"];
			checkedAt: components["schemas"]["Instant"];
			/** Who asked */
			actor: string;
			sha256: string;
			bytes: number;
			/** What it cost */
			points: number;
			/** As it was given when it was asked */
			label: string | null;
			declared: components["schemas"]["DeclaredOrigin"];
			/** Null: its kind has no place for a statement of origin */
			provenance: components["schemas"]["Provenance"] | null;
			marks: components["schemas"]["CheckMark"][];
			generated: components["schemas"]["Generated"];
		};
		/**
		 * @example {
		 * "items": [
		 * {
		 * "kind": "text",
		 * "text": "The words to be checked."
		 * }
		 * ]
		 * }
		 */
		CheckBatch: {
			items: components["schemas"]["CheckBatchItem"][];
			/**
			 * After one that fails no other is begun; those cost nothing
			 * @default false
			 */
			stopOnError: boolean;
		};
		CheckBatchItem: {
			kind: "text";
			text: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		} | {
			kind: "image" | "audio" | "video";
			/** Format: base64. The file, in base64 */
			content: string;
			name?: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		} | {
			kind: "url";
			/** Format: uri */
			url: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		};
		/** What became of one item of a batch. */
		CheckBatchResult: {
			/** Of the item, from 0 */
			index: number;
			status: "done" | "failed" | "skipped";
			check?: components["schemas"]["Check"];
			problem?: components["schemas"]["Problem"];
		};
		/** In the order in which the items were given. */
		CheckBatchResults: {
			items: components["schemas"]["CheckBatchResult"][];
			/** What all of it cost */
			points: number;
		};
		/** How much was checked, and what came of it. */
		CheckDashboard: {
			/** Format: date. Days are UTC's */
			from: string;
			/** Format: date */
			to: string;
			allowance: {
				/** Of a day of the account */
				points: number;
				used: number;
				left: number;
				resetsAt: components["schemas"]["Instant"];
			};
			checks: number;
			points: number;
			byKind: {
				kind: components["schemas"]["CheckKind"];
				checks: number;
			}[];
			byStatus: {
				status: components["schemas"]["GeneratedStatus"];
				checks: number;
			}[];
			days: {
				/** Format: date */
				date: string;
				checks: number;
				points: number;
			}[];
		};
		/** How the answers were measured; `npm run evaluate:authenticity` measures anew. */
		CheckEvaluation: {
			/** The head for texts of this installation; null: it has none */
			loaded: {
				name: string;
				isExperimental: boolean;
			} | null;
			heads: components["schemas"]["HeadEvaluation"][];
		};
		CheckExport: components["schemas"]["Check"][];
		/** @example chk_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		CheckId: string;
		/** What was checked. */
		CheckKind: "text" | "image" | "audio" | "video";
		/** Something that can be seen without guessing. */
		CheckMark: {
			code: components["schemas"]["CheckMarkCode"];
			detail: string;
		};
		/** Of a text: `hidden-characters`: characters that nobody sees; `hidden-message`: words spelt with such characters; `direction-controls`: characters that change the order in which others are shown; `mixed-alphabets`: words with letters of several alphabets that look alike; `assistant-marks`: what a writing assistant leaves when its answer is copied; `assistant-phrase`: words with which an assistant speaks of itself. Of a file: `name-differs`: its name ends as another kind of file does; `exif-size-differs`: EXIF says another size; `time-ahead`: it says that it was made at a time to come; `length-differs`: it is not as long as it says, as after it was cut short; `statement-altered`: its statement of origin was changed; `content-changed`: it was changed after it was signed. */
		CheckMarkCode: "hidden-characters" | "hidden-message" | "direction-controls" | "mixed-alphabets" | "assistant-marks" | "assistant-phrase" | "name-differs" | "exif-size-differs" | "time-ahead" | "length-differs" | "statement-altered" | "content-changed";
		CheckPage: {
			items: components["schemas"]["Check"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** A recording that is too large to be answered at once. It is erased when it has an end. */
		CheckUpload: {
			id: components["schemas"]["CheckId"];
			kind: "audio" | "video";
			state: components["schemas"]["UploadState"];
			/** What it costs */
			points: number;
			/** Until when it may be completed */
			expiresAt: components["schemas"]["Instant"];
			/** Where the bytes are to go; null: they are there, or nobody wants them any more */
			upload: {
				method: "PUT";
				/** Format: uri */
				url: string;
				/** Send exactly these */
				headers: Record<string, string>;
				expiresAt: components["schemas"]["Instant"];
			} | null;
			/** Why there is no answer */
			reason: string | null;
			check: components["schemas"]["Check"] | null;
		};
		/**
		 * @example {
		 * "tier": "guardian"
		 * }
		 */
		CheckoutInput: {
			tier: components["schemas"]["PaidTier"];
		};
		Colour: "white" | "grey" | "black" | "red" | "orange" | "yellow" | "green" | "blue" | "brown";
		/** `hashes`: difference hashes alone, because the model gives no embeddings, or not every site of the account has consented to them; `hashes-and-embeddings`: both. */
		ComparedBy: "hashes" | "hashes-and-embeddings";
		/** Whether something may be looked for in a site's pictures. */
		Consent: {
			kind: components["schemas"]["ConsentKind"];
			given: boolean;
			/** The owner's name; null: it is not given */
			givenBy: string | null;
			givenAt: components["schemas"]["Instant"] | null;
			/** The last; null: it was never given */
			withdrawal: components["schemas"]["Withdrawal"] | null;
		};
		/**
		 * @example {
		 * "given": true
		 * }
		 */
		ConsentInput: {
			/** False withdraws it: what was stored of that kind is erased */
			given: boolean;
		};
		/**
		 * `faces`: whether faces are clear enough to see, and how many; `plates`: number plates, as text; `reidentification`: numbers of what people and whole pictures look like, by which the same is known again.
		 * @example plates
		 */
		ConsentKind: "faces" | "plates" | "reidentification";
		ContentType: "image/jpeg" | "image/png" | "image/webp";
		Cover: {
			url: string;
			expiresAt: components["schemas"]["Instant"];
			momentId: components["schemas"]["MomentId"];
		};
		/** What the evidence log knows of a digest or an event, with proofs. */
		Custody: {
			/** The earliest one that all leaves are in; null: there are none */
			checkpoint: components["schemas"]["LogCheckpoint"] | null;
			leaves: components["schemas"]["LoggedLeaf"][];
			/** Moments and digests that the log has nothing of: not yet, or they are from before it began */
			notLogged: string[];
		};
		/** `unbroken`: what was accepted is in the evidence log, and is what is kept; `mismatch`: the log has another hash than what is kept; `not-logged`: the log has nothing of it, not yet or because it is older than the log. */
		CustodyStatus: "unbroken" | "mismatch" | "not-logged";
		/** A job that nobody could finish. */
		DeadLetter: {
			reviewId: components["schemas"]["ReviewId"];
			accountId: components["schemas"]["AccountId"];
			sessionId: components["schemas"]["SessionId"];
			/** 0 is the review itself, whose allowance was given back; higher parts are addenda of a digest that stands */
			part: number;
			source: components["schemas"]["DeadLetterSource"];
			reason: string;
			diedAt: components["schemas"]["Instant"];
			reviewState: components["schemas"]["ReviewState"];
		};
		DeadLetterPage: {
			items: components["schemas"]["DeadLetter"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		DeadLetterSource: "queue" | "worker";
		/** What whoever gives an item says that it shows, in a word of their own. */
		Declared: string;
		/** What it says of its own origin. */
		DeclaredOrigin: {
			/** `generated`: it says itself that a program generated it, in whole or in part; `captured`: it says that a camera took it; `silent`: it says neither, which proves nothing */
			status: "generated" | "captured" | "silent";
			/** `signed-manifest`: signed, and unchanged since; `metadata`: anybody can have written it */
			by?: "signed-manifest" | "metadata";
			/** IPTC's digital source types, and names of generators */
			says: string[];
		};
		/** One thing told to one endpoint, with every attempt. */
		Delivery: {
			id: components["schemas"]["DeliveryId"];
			endpointId: components["schemas"]["EndpointId"];
			kind: components["schemas"]["DeliveryKind"];
			state: components["schemas"]["DeliveryState"];
			level: components["schemas"]["Level"];
			title: string;
			subject: string;
			attempts: number;
			nextAttemptAt: components["schemas"]["Instant"] | null;
			reason: string | null;
			createdAt: components["schemas"]["Instant"];
			endedAt: components["schemas"]["Instant"] | null;
			message: components["schemas"]["Message"];
			history: components["schemas"]["Attempt"][];
		};
		/** @example dlv_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		DeliveryId: string;
		/** What a delivery tells. */
		DeliveryKind: "digest" | "addendum" | "assessment" | "summary" | "device" | "usage" | "endpoint" | "confirm" | "test";
		DeliveryPage: {
			items: components["schemas"]["DeliverySummary"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** `dropped`: told in another way, or to nobody any more; its reason says which. */
		DeliveryState: "pending" | "delivered" | "failed" | "dropped";
		DeliverySummary: {
			id: components["schemas"]["DeliveryId"];
			endpointId: components["schemas"]["EndpointId"];
			kind: components["schemas"]["DeliveryKind"];
			state: components["schemas"]["DeliveryState"];
			level: components["schemas"]["Level"];
			title: string;
			subject: string;
			attempts: number;
			nextAttemptAt: components["schemas"]["Instant"] | null;
			reason: string | null;
			createdAt: components["schemas"]["Instant"];
			endedAt: components["schemas"]["Instant"] | null;
		};
		/** A new version of the API, beside the one before. */
		Deployment: {
			id: components["schemas"]["DeploymentId"];
			state: components["schemas"]["DeploymentState"];
			version: string;
			stable: string;
			/** That the new version is to have now */
			share: number;
			/** The number of the last that was taken */
			observations: number;
			/** All of it until now, or until it was decided */
			traffic: {
				canary: components["schemas"]["Traffic"];
				stable: components["schemas"]["Traffic"];
			};
			/** Why it goes on, or how it ended */
			reasons: string[];
			actor: string;
			openedAt: components["schemas"]["Instant"];
			endedAt: components["schemas"]["Instant"] | null;
		};
		/** @example dpl_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		DeploymentId: string;
		/**
		 * @example {
		 * "version": "v2",
		 * "stable": "v1",
		 * "share": 0.1
		 * }
		 */
		DeploymentInput: {
			/** The new one */
			version: string;
			/** The one that it is to take the place of */
			stable: string;
			/**
			 * Of requests, each by chance: what is judged rests on it
			 * @default 0.1
			 */
			share: number;
		};
		/**
		 * @example {
		 * "no": 1,
		 * "canary": {
		 * "requests": 12,
		 * "failed": 0,
		 * "slow": 0
		 * },
		 * "stable": {
		 * "requests": 110,
		 * "failed": 0,
		 * "slow": 1
		 * }
		 * }
		 */
		DeploymentObservationInput: {
			/** The next after the last that was taken: the same again changes nothing */
			no: number;
			/** Since the observation before */
			canary: components["schemas"]["Traffic"];
			stable: components["schemas"]["Traffic"];
		};
		/** `running`: it has its share; `promoted`: it has all; `rolled-back`: it has none, because it breaks promises more often; `stopped`: by an operator, and it has none. */
		DeploymentState: "running" | "promoted" | "rolled-back" | "stopped";
		Deployments: {
			items: components["schemas"]["Deployment"][];
		};
		Detection: {
			label: string;
			confidence: number;
			box: components["schemas"]["Box"];
			appearance?: components["schemas"]["Appearance"];
			/** The same track in several moments is the same individual, as re-identification sees it: within one report, or, of names that end alike in `@` and a number, within one review */
			trackId?: string;
		};
		Device: {
			id: components["schemas"]["DeviceId"];
			siteId: components["schemas"]["SiteId"];
			name: string;
			zone: string | null;
			clock: components["schemas"]["DeviceClock"];
			/** When its newest event was received */
			heardAt: components["schemas"]["Instant"] | null;
			/** What is wrong with it now */
			troubles: components["schemas"]["DeviceTrouble"][];
			createdAt: components["schemas"]["Instant"];
			keys: components["schemas"]["Key"][];
		};
		/** What is known of a device's clock from the times of its events. */
		DeviceClock: {
			state: "unknown" | "right" | "ahead" | "behind";
			/** Positive: ahead of ours. Events are corrected by it */
			offSeconds: number;
			since: components["schemas"]["Instant"] | null;
			/** When it last jumped, as after a power cut or a change of its time zone */
			jumpedAt: components["schemas"]["Instant"] | null;
			/** For an owner; null where nothing is to be done */
			text: string | null;
		};
		/** @example dev_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		DeviceId: string;
		/**
		 * @example {
		 * "name": "Porch camera",
		 * "siteId": "sit_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f",
		 * "zone": "front_door"
		 * }
		 */
		DeviceInput: {
			name: string;
			siteId: components["schemas"]["SiteId"];
			zone?: string;
		};
		/** What a device is to blacken in its pictures before it sends them. */
		DeviceMasks: {
			/** Outlines on the picture as it is shown */
			masks: components["schemas"]["Point"][][];
		};
		DevicePage: {
			items: components["schemas"]["Device"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		DeviceTrouble: {
			kind: components["schemas"]["TroubleKind"];
			/** A sensor that the device, a gateway, speaks for; null: the device itself */
			sensor: string | null;
			since: components["schemas"]["Instant"];
		};
		/** The only answer that ever holds a key in the clear. */
		DeviceWithKey: {
			id: components["schemas"]["DeviceId"];
			siteId: components["schemas"]["SiteId"];
			name: string;
			zone: string | null;
			clock: components["schemas"]["DeviceClock"];
			/** When its newest event was received */
			heardAt: components["schemas"]["Instant"] | null;
			/** What is wrong with it now */
			troubles: components["schemas"]["DeviceTrouble"][];
			createdAt: components["schemas"]["Instant"];
			keys: components["schemas"]["Key"][];
			key: string;
		};
		/** What a review found, in words, with its evidence. */
		Digest: {
			id: components["schemas"]["DigestId"];
			reviewId: components["schemas"]["ReviewId"];
			sessionId: components["schemas"]["SessionId"];
			siteId: components["schemas"]["SiteId"];
			siteName: string;
			level: components["schemas"]["Level"];
			title: string;
			summary: components["schemas"]["Sentence"][];
			/** Individuals or things seen, by label: the largest number visible in one moment */
			counts: Record<string, number>;
			momentCount: number;
			occurredAt: components["schemas"]["Instant"];
			createdAt: components["schemas"]["Instant"];
			/** Made in the account's quiet hours: its alerts wait until then. Absent: they do not wait */
			quietUntil?: components["schemas"]["Instant"];
			/** Whether all of it came so late that nothing rings for it */
			late: boolean;
			/** The first picture worth showing */
			cover: components["schemas"]["Cover"] | null;
			timeline: components["schemas"]["TimelineEntry"][];
			/** From the rules' assessment of the session and from what was seen */
			reasons: components["schemas"]["Reason"][];
			recommendation: string;
			moments: components["schemas"]["DigestMoment"][];
			model: components["schemas"]["ModelName"];
			provider: string;
			capabilities: components["schemas"]["Capabilities"];
			timings: components["schemas"]["DigestTimings"];
		};
		/** @example dig_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		DigestId: string;
		DigestMoment: {
			id: components["schemas"]["MomentId"];
			outcome: components["schemas"]["Outcome"];
			detections: components["schemas"]["SeenThing"][];
			/** Set when `outcome` is `duplicate`: the moment whose result this one takes */
			duplicateOf?: components["schemas"]["MomentId"];
			/** Why a moment is `unreadable` or `missing` */
			reason?: string;
			/** Absent when nothing limits the picture */
			flaws?: components["schemas"]["Flaw"][];
			statistics?: components["schemas"]["PictureStatistics"];
			faces?: components["schemas"]["Faces"];
			plates?: components["schemas"]["Plate"][];
			embeddingRef?: string;
			capturedAt: components["schemas"]["Instant"];
			zone: string | null;
			deviceId: components["schemas"]["DeviceId"];
			eventId: components["schemas"]["EventId"];
			/** Absent when the image is gone */
			image?: components["schemas"]["Picture"];
			/** Since when the picture is erased, because the time was over for which the account keeps pictures */
			imageErasedAt?: components["schemas"]["Instant"];
			/** Absent while the picture is not there */
			authenticity?: components["schemas"]["Authenticity"];
		};
		/** Whether a digest is there, will come, or will not, and why. */
		DigestOutlook: {
			/** `possible`: as things stand none will come, but the session or its pictures are still to end */
			state: "here" | "coming" | "possible" | "none";
			reason: "stored" | "under-review" | "session-open" | "pictures-outstanding" | "no-picture" | "level" | "source" | "tier" | "allowance" | "review-failed";
			text: string;
			digestId?: components["schemas"]["DigestId"];
		};
		DigestPage: {
			items: components["schemas"]["InboxDigest"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		DigestSharePage: {
			items: components["schemas"]["Share"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		DigestTimings: {
			queueMs: number;
			fetchMs: number;
			decodeMs: number;
			inferMs: number;
			/** Turning tensors into findings: thresholds, non-maximum suppression, second stage */
			postMs: number;
			/** From the receipt of the session's last event to the stored digest */
			eventToDigestMs: number;
			/** From the request of the review to the stored digest */
			reviewMs: number;
		};
		/** A picture of which two models say different things. */
		Disagreement: {
			no: number;
			picture: components["schemas"]["Picture"];
			/** What one model saw; which one it is is not told */
			a: components["schemas"]["BlindThing"][];
			b: components["schemas"]["BlindThing"][];
			/** Of what only one of them saw */
			kinds: string[];
			lookedAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "right": "a"
		 * }
		 */
		DisagreementAnswer: {
			/** `neither`: or both, or nobody can tell */
			right: "a" | "b" | "neither";
		};
		Disagreements: {
			/** The oldest first */
			items: components["schemas"]["Disagreement"][];
			/** While so many wait for an answer, no more are looked for */
			openMax: number;
		};
		Dismissals: {
			type: components["schemas"]["EventType"];
			zone: string | null;
			count: number;
		};
		/** Where an account is told, and of what. */
		Endpoint: {
			id: components["schemas"]["EndpointId"];
			type: "webhook" | "email" | "push";
			name: string;
			target: string;
			state: components["schemas"]["EndpointState"];
			disabledReason: string | null;
			failingSince: components["schemas"]["Instant"] | null;
			levelFrom: components["schemas"]["Level"];
			siteIds: components["schemas"]["SiteId"][] | null;
			kinds: components["schemas"]["WantedKind"][];
			quietHours: "hold" | "ignore";
			boxes: boolean;
			language: components["schemas"]["Language"];
			createdAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "levelFrom": "critical"
		 * }
		 */
		EndpointChange: {
			name?: string;
			levelFrom?: components["schemas"]["Level"];
			siteIds?: components["schemas"]["SiteId"][] | null;
			kinds?: components["schemas"]["WantedKind"][];
			quietHours?: "hold" | "ignore";
			boxes?: boolean;
			language?: components["schemas"]["Language"];
			enabled?: boolean;
		};
		EndpointDeliveryPage: {
			items: components["schemas"]["DeliverySummary"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** @example end_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		EndpointId: string;
		/**
		 * @example {
		 * "type": "webhook",
		 * "url": "https://example.com/hook",
		 * "levelFrom": "elevated"
		 * }
		 */
		EndpointInput: {
			type: "webhook";
			url: string;
			name?: string;
			/** @default standard */
			levelFrom: components["schemas"]["Level"];
			/** @default null */
			siteIds: components["schemas"]["SiteId"][] | null;
			/**
			 * @default [
			 * "digest",
			 * "addendum",
			 * "assessment",
			 * "summary",
			 * "device",
			 * "usage"
			 * ]
			 */
			kinds: components["schemas"]["WantedKind"][];
			/** @default hold */
			quietHours: "hold" | "ignore";
			language?: components["schemas"]["Language"];
		} | {
			type: "email";
			/** Format: email */
			address: string;
			name?: string;
			/** @default false */
			boxes: boolean;
			/** @default standard */
			levelFrom: components["schemas"]["Level"];
			/** @default null */
			siteIds: components["schemas"]["SiteId"][] | null;
			/**
			 * @default [
			 * "digest",
			 * "addendum",
			 * "assessment",
			 * "summary",
			 * "device",
			 * "usage"
			 * ]
			 */
			kinds: components["schemas"]["WantedKind"][];
			/** @default hold */
			quietHours: "hold" | "ignore";
			language?: components["schemas"]["Language"];
		} | {
			type: "push";
			subscription: components["schemas"]["PushSubscription"];
			name?: string;
			/** @default standard */
			levelFrom: components["schemas"]["Level"];
			/** @default null */
			siteIds: components["schemas"]["SiteId"][] | null;
			/**
			 * @default [
			 * "digest",
			 * "addendum",
			 * "assessment",
			 * "summary",
			 * "device",
			 * "usage"
			 * ]
			 */
			kinds: components["schemas"]["WantedKind"][];
			/** @default hold */
			quietHours: "hold" | "ignore";
			language?: components["schemas"]["Language"];
		};
		EndpointOffer: {
			email: boolean;
			vapidPublicKey: string | null;
		};
		EndpointPage: {
			items: components["schemas"]["Endpoint"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** `unconfirmed`: an e-mail address that its reader has not confirmed yet. */
		EndpointState: "unconfirmed" | "active" | "disabled";
		/** A webhook's answer holds its signing secret, once. */
		EndpointWithSecret: {
			id: components["schemas"]["EndpointId"];
			type: "webhook" | "email" | "push";
			name: string;
			target: string;
			state: components["schemas"]["EndpointState"];
			disabledReason: string | null;
			failingSince: components["schemas"]["Instant"] | null;
			levelFrom: components["schemas"]["Level"];
			siteIds: components["schemas"]["SiteId"][] | null;
			kinds: components["schemas"]["WantedKind"][];
			quietHours: "hold" | "ignore";
			boxes: boolean;
			language: components["schemas"]["Language"];
			createdAt: components["schemas"]["Instant"];
			secret?: string;
		};
		/** A device that waits, in its own words. */
		Enrolment: {
			name: string;
			kind: components["schemas"]["EnrolmentKind"];
			askedAt: components["schemas"]["Instant"];
			expiresAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "userCode": "WDJB-MJHT"
		 * }
		 */
		EnrolmentCode: {
			/** As it was typed: case, spaces and dashes do not matter */
			userCode: string;
		};
		/**
		 * @example {
		 * "userCode": "WDJB-MJHT",
		 * "name": "Porch camera",
		 * "siteId": "sit_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f",
		 * "zone": "front_door"
		 * }
		 */
		EnrolmentGrant: {
			name: string;
			siteId: components["schemas"]["SiteId"];
			zone?: string;
			/** As it was typed: case, spaces and dashes do not matter */
			userCode: string;
		};
		/** What a device says that it is. */
		EnrolmentKind: "camera" | "gateway" | "other";
		ErasedCounts: {
			/** Pictures, archives and other objects of the evidence store */
			objects: number;
			/** In those objects */
			bytes: number;
			/** By table */
			rows: Record<string, number>;
			/** That were cancelled at the payment provider */
			subscriptions: number;
			/** That could not be: this installation has no way to its payment provider. Cancel them there */
			subscriptionsLeft: number;
		};
		/** An account is to be erased, is being erased, or was. Nothing in it is personal. */
		Erasure: {
			id: components["schemas"]["ErasureId"];
			state: "asked" | "erasing" | "erased";
			askedAt: components["schemas"]["Instant"];
			/** Until then an owner may call it off */
			beginsAt: components["schemas"]["Instant"];
			doneAt: components["schemas"]["Instant"] | null;
			/** What went until now */
			counts: components["schemas"]["ErasedCounts"];
			/** The receipt as a C2SP signed note, with the key that signs the evidence log; null until it is done */
			note: string | null;
		};
		/** @example era_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ErasureId: string;
		/**
		 * @example {
		 * "name": "Harbour Street 4"
		 * }
		 */
		ErasureInput: {
			/** The account's name, typed to confirm */
			name: string;
		};
		ErasureShown: {
			/** Null: none was asked for */
			erasure: components["schemas"]["Erasure"] | null;
		};
		EvaluationSlice: {
			name: string;
			/** Texts of its domain, by such generators, were learned from (never these themselves) */
			isKnown: boolean;
			labelled: number;
			/** Of all of them, those that an answer is given for */
			coverage: components["schemas"]["MeasuredShare"];
			/** Of those with an answer; null: none has one, or all are of one kind */
			areaUnderCurve: number | null;
			/** Of what people wrote and was answered for */
			falsePositives: components["schemas"]["MeasuredShare"];
			/** Of what was generated and answered for */
			found: components["schemas"]["MeasuredShare"];
			/** How far probabilities are from shares, on average */
			calibrationError: number | null;
			/** By probability: how many, what was said of them on average, and how many of them were generated */
			reliability: {
				from: number;
				to: number;
				count: number;
				said: number;
				so: number;
			}[];
			/** The area of a published formula, burstiness of sentences, on all of them */
			formula: number | null;
		};
		/** An event as members read it. */
		Event: {
			id: components["schemas"]["EventId"];
			/** The id that the device chose */
			clientId: string;
			deviceId: components["schemas"]["DeviceId"];
			siteId: components["schemas"]["SiteId"];
			sessionId: components["schemas"]["SessionId"];
			type: components["schemas"]["EventType"];
			zone: string | null;
			mode: components["schemas"]["Mode"] | null;
			confidence: number | null;
			attributes: Record<string, unknown>;
			occurredAt: components["schemas"]["Instant"];
			receivedAt: components["schemas"]["Instant"];
			level: components["schemas"]["Level"];
			assessment: components["schemas"]["Assessment"];
			/** Whether a member called its assessment false */
			dismissed: boolean;
			/** Whether all announced evidence is there and right */
			sealed: boolean;
			/** Of its session */
			digest: components["schemas"]["DigestOutlook"];
			evidence: components["schemas"]["EventEvidence"][];
		};
		/** The event is recorded, now or before. */
		EventAccepted: {
			id: components["schemas"]["EventId"];
			sessionId: components["schemas"]["SessionId"];
			/** `duplicate`: it was recorded before */
			status: "accepted" | "duplicate";
			assessment: components["schemas"]["Assessment"];
			/** Where to upload what was announced */
			uploads: components["schemas"]["Upload"][];
		};
		/**
		 * Events of one device, in any order.
		 * @example {
		 * "events": [
		 * {
		 * "id": "cam2-000184",
		 * "type": "person",
		 * "occurredAt": "2026-06-01T21:14:05.120Z",
		 * "zone": "front_door",
		 * "confidence": 0.91,
		 * "mode": "away"
		 * }
		 * ]
		 * }
		 */
		EventBatch: {
			events: components["schemas"]["EventInput"][];
		};
		/** A picture of an event. */
		EventEvidence: {
			momentId: components["schemas"]["MomentId"];
			name: string;
			contentType: components["schemas"]["ContentType"];
			bytes: number;
			state: components["schemas"]["EvidenceState"];
		};
		EventForm: {
			/** The event as JSON; `evidence` may be left out */
			event: string;
			/** One part per image; its filename is the evidence name */
			image: string[];
		};
		/** @example evt_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		EventId: string;
		/**
		 * What a device noticed.
		 * @example {
		 * "id": "cam2-000184",
		 * "type": "person",
		 * "occurredAt": "2026-06-01T21:14:05.120Z",
		 * "zone": "front_door",
		 * "confidence": 0.91,
		 * "mode": "away"
		 * }
		 */
		EventInput: {
			/** Yours to choose. The same event sent twice is one event */
			id: string;
			type: components["schemas"]["EventType"];
			/** Format: date-time. When it happened by the device's clock: RFC 3339 with its zone */
			occurredAt: string;
			/** Where the device looks, as people call it */
			zone?: string;
			confidence?: number;
			mode?: components["schemas"]["Mode"];
			/** Whatever else the device knows: at most 4096 bytes of JSON */
			attributes?: Record<string, unknown>;
			/** Pictures to come; the answer says where to upload them */
			evidence?: components["schemas"]["AnnouncedEvidence"][];
			/** Whether more pictures will be announced, one by one, until the event is sealed */
			moreEvidence?: boolean;
		};
		EventPage: {
			items: components["schemas"]["Event"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** What the device noticed. */
		EventType: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
		EventVerdict: {
			assessment: components["schemas"]["Assessment"];
			digest: {
				id: components["schemas"]["DigestId"];
				level: components["schemas"]["Level"];
				title: string;
				summary: string;
			} | null;
		};
		/** One more picture of an event is announced, now or before. */
		EvidenceAccepted: {
			momentId: components["schemas"]["MomentId"];
			name: string;
			state: components["schemas"]["EvidenceState"];
			/** Where to upload it; null once it is there and right */
			upload: components["schemas"]["Upload"] | null;
		};
		EvidenceSignature: {
			/** Of the piece of evidence, as it was announced */
			name: string;
			keyId: string;
			/** Counts up with each signature of the key */
			sequence: number;
			/** Format: date-time. When it was captured, by the gateway's own clock */
			at: string;
			/** Ed25519 over the lines `vigil-capture/1`, SHA-256 in hex, `at` and `sequence`, each with a line feed behind it */
			signature: string;
		};
		/**
		 * @example {
		 * "signatures": [
		 * {
		 * "name": "door-1.jpg",
		 * "keyId": "21fe31dfa154a261",
		 * "sequence": 4000017,
		 * "at": "2026-06-01T21:14:05.120Z",
		 * "signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
		 * }
		 * ]
		 * }
		 */
		EvidenceSignatures: {
			signatures: components["schemas"]["EvidenceSignature"][];
		};
		/** `erased`: the time was over for which the account keeps pictures */
		EvidenceState: "announced" | "ready" | "erased";
		/** A model compared with the one in use, on the same items. */
		Experiment: {
			wins: number;
			losses: number;
			ties: number;
			slices: components["schemas"]["ExperimentSlice"][];
			/** Natural logarithm: 0 says nothing */
			evidence: number;
			/** The evidence as labels came: at most 200 points, the last of them now */
			curve: {
				labels: number;
				evidence: number;
			}[];
			/** Why it goes on, or ended */
			reasons: string[];
			id: components["schemas"]["ExperimentId"];
			state: components["schemas"]["ExperimentState"];
			champion: components["schemas"]["ModelName"];
			challenger: components["schemas"]["ModelName"];
			marginPoints: number;
			shadowShare: number;
			/** From this evidence on it is promoted */
			evidenceWanted: number;
			openedAt: components["schemas"]["Instant"];
			endedAt: components["schemas"]["Instant"] | null;
		};
		/** @example xpr_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ExperimentId: string;
		/**
		 * @example {
		 * "challenger": {
		 * "name": "efficientdet-lite2",
		 * "sha256": "1111111111111111111111111111111111111111111111111111111111111111"
		 * },
		 * "marginPoints": 3,
		 * "slices": [
		 * "night",
		 * "person"
		 * ]
		 * }
		 */
		ExperimentInput: {
			challenger: components["schemas"]["ModelName"];
			/**
			 * By how many points of all items it must be right more often; 0: more often at all
			 * @default 0
			 */
			marginPoints: number;
			/**
			 * In none of which it may be worse, such as `night` or `camera:harbour`
			 * @default []
			 */
			slices: string[];
			/**
			 * Of live reviews, in which workers look at one picture with the challenger as well: of accounts that take part, and where no digest waits for it
			 * @default 0
			 */
			shadowShare: number;
		};
		ExperimentPairInput: {
			/** What names the item: the same key again changes nothing */
			key: string;
			outcome: components["schemas"]["PairOutcome"];
			/** @default [] */
			slices: string[];
		};
		/**
		 * Items in an order that has nothing to do with their outcomes; one of each session, because frames that follow each other depend on each other.
		 * @example {
		 * "pairs": [
		 * {
		 * "key": "session-1",
		 * "outcome": "win",
		 * "slices": [
		 * "night"
		 * ]
		 * }
		 * ]
		 * }
		 */
		ExperimentPairsInput: {
			pairs: components["schemas"]["ExperimentPairInput"][];
		};
		ExperimentSlice: {
			name: string;
			wins: number;
			losses: number;
			ties: number;
			/** `unseen`: too few pairs yet; `leans-worse`: more speaks for worse than against it, and it waits; `worse`: shown, and it is blocked */
			state: "clear" | "unseen" | "leans-worse" | "worse";
		};
		/** `running`: pairs are taken; `promoted`: the challenger took the champion's place; `blocked`: worse, in all or in a slice; `inconclusive`: as many pairs as there may be told nothing; `stopped`: by an operator, or by a change of the model in use. */
		ExperimentState: "running" | "promoted" | "blocked" | "inconclusive" | "stopped";
		Experiments: {
			items: components["schemas"]["Experiment"][];
		};
		/** @example exp_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ExportId: string;
		/** One archive (ZIP). What does not fit into one goes on in the next. */
		ExportVolume: {
			no: number;
			/** What a browser keeps it as */
			name: string;
			bytes: number;
			/** Of the archive, hex */
			sha256: string;
			files: number;
			/** Good for a minute; null: this answer gives none, or it is deleted */
			url: string | null;
		};
		Faces: {
			count: number;
			qualityMax: number;
		};
		/** One fault in the input: a JSON pointer into it and what is wrong there. */
		Fault: {
			pointer: string;
			detail: string;
		};
		/** What limits what can be seen in a picture: `damaged` (cut off or broken, looked at as far as it goes), `dark` (too dark to make anybody out), `blank` (one colour: a covered lens, a lost signal), `blurred` (out of focus, or behind something), `overexposed` (as bright as can be for the most part), `frozen` (the same picture for hours). */
		Flaw: "damaged" | "dark" | "blank" | "blurred" | "overexposed" | "frozen";
		Gateway: {
			deviceId: components["schemas"]["DeviceId"];
			siteId: components["schemas"]["SiteId"];
			siteName: string;
			name: string;
			reportedAt: components["schemas"]["Instant"];
			report: components["schemas"]["GatewayReport"];
		};
		GatewayKey: {
			/** By which signatures name it */
			id: string;
		};
		/**
		 * @example {
		 * "publicKey": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
		 * }
		 */
		GatewayKeyInput: {
			/** Ed25519: the 32 bytes of the public key, in base64 */
			publicKey: string;
		};
		GatewayPage: {
			items: components["schemas"]["Gateway"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		GatewayRecorded: {
			recorded: true;
		};
		/**
		 * @example {
		 * "site": "shop-1",
		 * "version": "0.1.0",
		 * "uptimeSeconds": 86400,
		 * "clockAheadMs": -120,
		 * "outbox": {
		 * "kept": 0,
		 * "keptUrgent": 0,
		 * "heard": 41,
		 * "forwarded": 41,
		 * "refused": 0,
		 * "dropped": 0
		 * },
		 * "disk": {
		 * "freeBytes": 12000000000,
		 * "full": false
		 * },
		 * "alarmsOpen": 0,
		 * "sensorCount": 1,
		 * "sensors": [
		 * {
		 * "device": "S-104",
		 * "place": "server room",
		 * "state": "online",
		 * "transport": "tcp",
		 * "lastHeardSeconds": 0.4,
		 * "reconnects": 0,
		 * "reconnectsMax": 5,
		 * "hotCells": 0,
		 * "readings": [
		 * {
		 * "channel": "thermal",
		 * "value": 31.2,
		 * "unit": "°C"
		 * }
		 * ]
		 * }
		 * ]
		 * }
		 */
		GatewayReport: {
			/** The gateway's own name */
			site: string;
			version: string;
			uptimeSeconds: number;
			/** How far its wall clock is ahead of the API's */
			clockAheadMs: number | null;
			outbox: {
				/** Heard, and not yet with the API */
				kept: number;
				keptUrgent: number;
				heard: number;
				forwarded: number;
				refused: number;
				dropped: number;
			};
			disk: {
				freeBytes: number;
				full: boolean;
			};
			alarmsOpen: number;
			sensorCount: number;
			/** The first 200; those with alarms and faults lead */
			sensors: components["schemas"]["GatewaySensor"][];
		};
		GatewaySensor: {
			device: string;
			place: string;
			state: "online" | "silent" | "offline";
			transport: string;
			/** Since its last word */
			lastHeardSeconds: number;
			reconnects: number;
			/** So many within ten minutes make it unstable */
			reconnectsMax: number;
			hotCells: number;
			readings: {
				channel: string;
				value: number;
				unit: string;
			}[];
		};
		/** Whether it was generated. */
		Generated: {
			status: components["schemas"]["GeneratedStatus"];
			/** Calibrated; absent where nothing is said */
			probability?: number;
			error?: components["schemas"]["MeasuredError"];
			/** It was learned from texts whose licence does not allow that for certain, or is not good enough */
			isExperimental?: boolean;
			/** Why nothing is said, or what it rests on */
			reasons: string[];
		};
		/** `declared`: it says so itself; `likely`: above a threshold that real ones of its slice seldom pass; `none-found`: below it, which proves nothing; `cannot-tell`: with why. */
		GeneratedStatus: "declared" | "likely" | "none-found" | "cannot-tell";
		/** What is known of how often one kind of answer is wrong. */
		HeadEvaluation: {
			kind: "text" | "image" | "audio" | "video";
			/** `none`: it is never said that something of this kind was generated; `experimental`: only where an operator has put a head in */
			state: "none" | "experimental";
			why: string[];
			bar: {
				foundMin: number;
				falsePositivesMax: number;
				coverageMin: number;
				labelledMin: number;
			} | null;
			slices: components["schemas"]["EvaluationSlice"][];
			latencyMs: {
				p50: number;
				p95: number;
				words: number;
			} | null;
		};
		InboxDigest: {
			id: components["schemas"]["DigestId"];
			reviewId: components["schemas"]["ReviewId"];
			sessionId: components["schemas"]["SessionId"];
			siteId: components["schemas"]["SiteId"];
			siteName: string;
			level: components["schemas"]["Level"];
			title: string;
			summary: components["schemas"]["Sentence"][];
			/** Individuals or things seen, by label: the largest number visible in one moment */
			counts: Record<string, number>;
			momentCount: number;
			occurredAt: components["schemas"]["Instant"];
			createdAt: components["schemas"]["Instant"];
			/** Made in the account's quiet hours: its alerts wait until then. Absent: they do not wait */
			quietUntil?: components["schemas"]["Instant"];
			/** Whether all of it came so late that nothing rings for it */
			late: boolean;
			/** The first picture worth showing */
			cover: components["schemas"]["Cover"] | null;
			/** Not read by who asks, or grown since */
			unread: boolean;
		};
		/**
		 * Format: date-time
		 * RFC 3339 with a time zone; answered in UTC.
		 * @example 2026-06-01T21:14:05.120Z
		 */
		Instant: string;
		/** One that may still be accepted. */
		Invitation: {
			id: components["schemas"]["InvitationId"];
			role: components["schemas"]["Role"];
			invitedBy: components["schemas"]["MemberId"];
			createdAt: components["schemas"]["Instant"];
			expiresAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "token": "acc_….inv_….secret",
		 * "name": "Ada"
		 * }
		 */
		InvitationAcceptance: {
			/** What stands behind # in the link */
			token: string;
			/** What the account's members call you */
			name: string;
		};
		/** @example inv_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		InvitationId: string;
		/**
		 * @example {
		 * "role": "member"
		 * }
		 */
		InvitationInput: {
			role: components["schemas"]["Role"];
		};
		InvitationPage: {
			items: components["schemas"]["Invitation"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		InvitationShown: {
			accountName: string;
			role: components["schemas"]["Role"];
			invitedBy: string;
			expiresAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "token": "acc_….inv_….secret"
		 * }
		 */
		InvitationToken: {
			/** What stands behind # in the link */
			token: string;
		};
		/** The only answer that ever holds the link. Whoever opens it first becomes a member. */
		InvitationWithLink: {
			id: components["schemas"]["InvitationId"];
			role: components["schemas"]["Role"];
			invitedBy: components["schemas"]["MemberId"];
			createdAt: components["schemas"]["Instant"];
			expiresAt: components["schemas"]["Instant"];
			/** Format: uri */
			link: string;
		};
		/** `inspected`: a model looked at it; `reused`: the account had an inspection of the same bytes; `asked`: seen like these, and people are asked about it until they have answered; `unreadable`: no decoder takes it; `refused`: the bytes are not those that were announced; `dead`: nobody could finish it. */
		ItemEnd: "inspected" | "reused" | "asked" | "unreadable" | "refused" | "dead";
		/**
		 * @example {
		 * "days": 14,
		 * "daysChosen": 14,
		 * "daysMax": 30
		 * }
		 */
		KeptPictures: {
			/** For how many days a picture is kept; then it is erased for good, and its digest stays */
			days: number;
			/** What an owner chose; null: as long as the tier has it */
			daysChosen: number | null;
			/** As long as the tier has it */
			daysMax: number;
			/** Until then pictures are kept as long as the tier had it that ended last, if that was longer */
			heldUntil?: components["schemas"]["Instant"];
		};
		Key: {
			id: components["schemas"]["KeyId"];
			createdAt: components["schemas"]["Instant"];
			lastUsedAt: components["schemas"]["Instant"] | null;
			/** When it ends because another has taken its place */
			expiresAt: components["schemas"]["Instant"] | null;
			revokedAt: components["schemas"]["Instant"] | null;
		};
		/** @example key_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		KeyId: string;
		/**
		 * @example {
		 * "overlapHours": 24
		 * }
		 */
		KeyRotation: {
			/**
			 * How long the old keys stay valid beside the new one
			 * @default 24
			 */
			overlapHours: number;
		};
		LabelWish: {
			/** `news` may lead a title; `also` is told at the end */
			interest?: "news" | "also";
			/** Below it such a thing is not told of */
			confidenceMin?: number;
		};
		/**
		 * What is told of each thing that the detector names, otherwise than by default.
		 * @example {
		 * "bird": {
		 * "interest": "news",
		 * "confidenceMin": 0.3
		 * },
		 * "car": {
		 * "interest": "also"
		 * }
		 * }
		 */
		LabelWishes: {
			[key: string]: components["schemas"]["LabelWish"];
		};
		/** A language that Vigil speaks, by its code in BCP 47. */
		Language: "en" | "de";
		/**
		 * What was accepted, what is under way and how the rest ended, at one instant.
		 * @example {
		 * "at": "2026-07-02T18:02:11.000Z",
		 * "balanced": true,
		 * "lines": [
		 * {
		 * "noun": "deliveries",
		 * "accepted": 120,
		 * "underWay": 2,
		 * "ended": 118,
		 * "missing": 0,
		 * "states": [
		 * {
		 * "state": "pending",
		 * "count": 2,
		 * "isUnderWay": true
		 * },
		 * {
		 * "state": "delivered",
		 * "count": 117,
		 * "isUnderWay": false
		 * },
		 * {
		 * "state": "failed",
		 * "count": 1,
		 * "isUnderWay": false
		 * },
		 * {
		 * "state": "dropped",
		 * "count": 0,
		 * "isUnderWay": false
		 * }
		 * ]
		 * }
		 * ],
		 * "faults": []
		 * }
		 */
		Ledger: {
			at: components["schemas"]["Instant"];
			/** Whether nothing is missing and no row is at fault */
			balanced: boolean;
			lines: components["schemas"]["LedgerLine"][];
			/** At most 20 */
			faults: components["schemas"]["LedgerFault"][];
		};
		/** A row that nothing carries on, or whose parts contradict. */
		LedgerFault: {
			kind: "review-without-job" | "review-without-digest" | "allowance-not-ended" | "delivery-never-due" | "review-out-of-order";
			/** The id of the review or delivery */
			subject: string;
			detail: string;
		};
		LedgerLine: {
			noun: "events" | "sessions" | "moments" | "reviews" | "digests" | "allowance" | "deliveries";
			/** All that ever came: counted as they came, and never less */
			accepted: number;
			/** Of them, those that have not ended */
			underWay: number;
			/** Of them, those that have */
			ended: number;
			/** accepted - underWay - ended: 0 while the line balances */
			missing: number;
			/** The same by the state that they are in */
			states: {
				state: string;
				count: number;
				isUnderWay: boolean;
			}[];
		};
		/** How serious it is: `low` < `standard` < `elevated` < `critical`. */
		Level: "low" | "standard" | "elevated" | "critical";
		LevelCounts: {
			low: number;
			standard: number;
			elevated: number;
			critical: number;
		};
		/** How busy the system is, and what follows from it. */
		Load: {
			overloaded: boolean;
			/** Since when; absent while it never changed */
			changedAt?: components["schemas"]["Instant"];
			/** Why K is what it is, in words; empty while the system is neither busy nor idle */
			reasons: string[];
			/** The same as codes: the queue's depth, the expected wait, the minute that overload lasts at least, idleness */
			reasonCodes: ("depth" | "wait" | "dwell" | "idle")[];
			/** Moments that a review asked for now would look at */
			k: {
				guardian: number;
				pro: number;
			};
			/** Added to the workers' batch window */
			extraBatchWindowMs: number;
			queues: components["schemas"]["QueueLoad"][];
			workers: number;
			momentsPerSecond: number;
			/** Absent while something waits and no worker has told how fast it is */
			expectedWaitSeconds?: number;
			deadLetters: number;
		};
		/** A signed state of the evidence log. */
		LogCheckpoint: {
			/** C2SP signed note of a C2SP tlog-checkpoint: origin, size, root, and the line `time` */
			note: string;
			/** How many leaves the log had */
			size: number;
			/** RFC 6962's root over them, in base64 */
			root: string;
			signedAt: components["schemas"]["Instant"];
			/** Who has signed it, as C2SP signed-note writes a key */
			publicKey: string;
			/** Null: there is none, or not yet */
			timeStamp: components["schemas"]["LogTimeStamp"] | null;
		};
		/** An authority's word that a signed state was there by then. */
		LogTimeStamp: {
			/** RFC 3161's token over the note, DER */
			token: string;
			at: components["schemas"]["Instant"];
			/** As its certificate names it; whether it is to be trusted, is not said */
			authority: string;
		};
		LoggedLeaf: {
			subject: components["schemas"]["MomentId"] | components["schemas"]["DigestId"];
			/** 32 bytes of salt, and what was logged as JSON, in base64 */
			leaf: string;
			/** Its number in the log, from 0 */
			position: number;
			/** RFC 6962's proof that it is in the log of the checkpoint */
			proof: string[];
		};
		/** How often the answer was wrong where the truth was known. */
		MeasuredError: {
			/** What the measured ones have in common with it */
			slice: string;
			/** Real ones that were measured */
			humans: number;
			/** Of these, called `likely` all the same */
			falsePositives: number;
			rate: number;
			/** The upper end of its exact interval of 95 % */
			rateMax: number;
			/** The share of generated ones that was called `likely` */
			found: number;
		};
		/** A share that was counted, with its exact interval of 95 %. */
		MeasuredShare: {
			cases: number;
			of: number;
			rate: number;
			from: number;
			to: number;
		};
		Member: {
			id: components["schemas"]["MemberId"];
			name: string;
			role: components["schemas"]["Role"];
			/** Under which they joined; null for one that has keys alone */
			email: string | null;
			joinedAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "name": "Ada"
		 * }
		 */
		MemberChange: {
			role?: components["schemas"]["Role"];
			name?: string;
		};
		/** @example mbr_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		MemberId: string;
		MemberPage: {
			items: components["schemas"]["Member"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		Membership: {
			account: {
				id: components["schemas"]["AccountId"];
				name: string;
				tier: components["schemas"]["Tier"];
			};
			memberId: components["schemas"]["MemberId"];
			/** What the person is called there */
			name: string;
			role: components["schemas"]["Role"];
		};
		/** The person who is signed in, and their accounts. */
		Memberships: {
			person: components["schemas"]["Person"];
			items: components["schemas"]["Membership"][];
		};
		/** A CloudEvents 1.0 envelope: what a webhook is sent. */
		Message: {
			specversion: "1.0";
			id: components["schemas"]["DeliveryId"];
			source: string;
			type: string;
			time: components["schemas"]["Instant"];
			subject: string;
			datacontenttype: "application/json";
			data: {
				level: components["schemas"]["Level"];
				title: string;
				summary: string[];
				occurredAt: components["schemas"]["Instant"];
				site: {
					id: components["schemas"]["SiteId"];
					name: string;
				} | null;
				zones: string[];
				seen: Record<string, number>;
				recommendation: string | null;
				thread: string;
				rings: boolean;
				links: {
					console: string;
					api: string | null;
				};
			};
		};
		/** Where to upload bytes that the account does not have yet. */
		MissingContent: {
			sha256: string;
			method: "PUT";
			/** Format: uri */
			url: string;
			headers: Record<string, string>;
			expiresAt: components["schemas"]["Instant"];
		};
		/** How the site is armed; in `emergency` every event is life-safety. */
		Mode: "home" | "away" | "night" | "vacation" | "emergency";
		ModelDecision: {
			no: number;
			kind: components["schemas"]["ModelDecisionKind"];
			model: components["schemas"]["ModelName"] | null;
			before: components["schemas"]["ModelName"] | null;
			reason: string;
			actor: string;
			at: components["schemas"]["Instant"];
			/** What it rests on; null: somebody's word */
			experiment: {
				id: components["schemas"]["ExperimentId"];
				marginPoints: number;
				wins: number;
				losses: number;
				ties: number;
				/** Natural logarithm */
				evidence: number;
				slices: {
					name: string;
					wins: number;
					losses: number;
					ties: number;
				}[];
			} | null;
		};
		ModelDecisionKind: "promote" | "roll-back";
		/** All decisions on models, signed: `vigil-verify` checks it offline. */
		ModelDecisionRecord: {
			/** Who signed it, as C2SP signed-note writes keys */
			publicKey: string;
			/** manifest.json, to the letter; null: nothing was decided */
			manifest: {
				format: string;
				segments: {
					name: string;
					leaves: number;
					root: string;
				}[];
				note: string;
			} | null;
			/** Files beside manifest.json, named by their hash */
			segments: {
				name: string;
				text: string;
			}[];
		};
		ModelInUse: {
			model: components["schemas"]["ModelName"];
			workers: number;
		};
		/**
		 * @example {
		 * "name": "efficientdet-lite2",
		 * "sha256": "1111111111111111111111111111111111111111111111111111111111111111",
		 * "licence": "Apache-2.0",
		 * "agreement": "99 % of the people and vehicles that yolov8n finds"
		 * }
		 */
		ModelInput: {
			/** As workers find it: of their catalogue, or prepared beside it */
			name: string;
			/** Of the prepared file, as its manifest says */
			sha256: string;
			licence: string;
			/**
			 * How it agrees with another model, and on what
			 * @default
			 */
			agreement: string;
		};
		/** A detector, and the hash of its file. */
		ModelName: {
			name: string;
			sha256: string;
		};
		/**
		 * @example {
		 * "sha256": "1111111111111111111111111111111111111111111111111111111111111111",
		 * "after": 0,
		 * "reason": "its licence"
		 * }
		 */
		ModelPromotionInput: {
			sha256: string;
			/** The newest decision that whoever decides has seen: with another, it is refused */
			after: number;
			reason: string;
		};
		/**
		 * @example {
		 * "after": 1,
		 * "reason": "people are missed at night"
		 * }
		 */
		ModelRollBackInput: {
			/** The newest decision that whoever decides has seen: with another, it is refused */
			after: number;
			reason: string;
		};
		Models: {
			/** What workers are to use; null: what each was started with */
			current: components["schemas"]["ModelName"] | null;
			/** The newest first, 50 at most */
			decisions: components["schemas"]["ModelDecision"][];
			/** The number of the newest; 0: there is none */
			lastDecision: number;
			registered: components["schemas"]["RegisteredModel"][];
			/** What workers say that they run */
			inUse: components["schemas"]["ModelInUse"][];
		};
		/** @example mom_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		MomentId: string;
		/**
		 * @example {
		 * "name": "Harbour Street 4",
		 * "siteName": "Home",
		 * "timeZone": "Europe/London",
		 * "memberName": "Ada"
		 * }
		 */
		NewAccount: {
			name: string;
			/** Its first site: a home, a shop */
			siteName: string;
			/** An IANA name, such as Europe/London */
			timeZone: string;
			/** What you are called there */
			memberName: string;
		};
		/** @example obj_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ObjectId: string;
		/** An account as operators see it: nothing of what it has seen. */
		OperatedAccount: {
			id: components["schemas"]["AccountId"];
			name: string;
			tier: components["schemas"]["Tier"];
			timeZone: string;
			createdAt: components["schemas"]["Instant"];
			members: number;
			devices: number;
		};
		/** The ledger of all accounts together. */
		OperatorLedger: {
			at: components["schemas"]["Instant"];
			balanced: boolean;
			/** Of all accounts together */
			lines: components["schemas"]["LedgerLine"][];
			/** Accounts of which a line does not balance, at most 20 */
			unbalanced: {
				accountId: components["schemas"]["AccountId"];
				noun: "events" | "sessions" | "moments" | "reviews" | "digests" | "allowance" | "deliveries";
				missing: number;
			}[];
			/** At most 20 */
			faults: {
				kind: "review-without-job" | "review-without-digest" | "allowance-not-ended" | "delivery-never-due" | "review-out-of-order";
				/** The id of the review or delivery */
				subject: string;
				detail: string;
				accountId: components["schemas"]["AccountId"];
			}[];
		};
		/** What became of a moment. */
		Outcome: "reviewed" | "early_exit" | "duplicate" | "unreadable" | "missing" | "deferred";
		/** What happened in the quiet hours that began last. Life-safety is left out: it never waits. */
		Overnight: {
			from: components["schemas"]["Instant"];
			until: components["schemas"]["Instant"];
			/** False while the quiet hours are under way */
			over: boolean;
			headline: string;
			sentences: string[];
			items: components["schemas"]["OvernightItem"][];
		};
		OvernightItem: {
			sessionId: components["schemas"]["SessionId"];
			digestId: components["schemas"]["DigestId"] | null;
			occurredAt: components["schemas"]["Instant"];
			siteName: string;
			level: components["schemas"]["Level"];
			title: string;
		};
		/**
		 * @example {
		 * "name": "Ada"
		 * }
		 */
		OwnName: {
			name: string;
		};
		/** A tier that is bought. */
		PaidTier: "guardian" | "pro";
		/** `win`: the challenger was right where the champion was wrong; `loss`: the other way round; `tie`: they agreed, which needs nobody's answer. */
		PairOutcome: "win" | "loss" | "tie";
		/** A page of the payment provider, good for some minutes. */
		PaymentPage: {
			/** Format: uri */
			url: string;
		};
		/** Who signs in; the same in all accounts. */
		Person: {
			id: components["schemas"]["PersonId"];
			email: string;
			/** In which they are told things; null: they have not chosen */
			language: components["schemas"]["Language"] | null;
		};
		/**
		 * @example {
		 * "language": "de"
		 * }
		 */
		PersonChange: {
			/** Null: whatever the browser asks for */
			language: components["schemas"]["Language"] | null;
		};
		/** @example per_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		PersonId: string;
		/** A presigned GET of at most 60 s. */
		Picture: {
			url: string;
			expiresAt: components["schemas"]["Instant"];
		};
		/** Of the decoded pixels: tells a night picture and a camera that is out of order. */
		PictureStatistics: {
			/** Without colours, as an infrared lamp shows things */
			monochrome: boolean;
			/** Mean luma */
			brightness: number;
			/** The part that is as bright as can be */
			overexposed: number;
			/** Luma levels by which the finest details differ */
			sharpness: number;
			/** A hash of each eighth of the picture, from the top; null where it has no detail */
			bands: (string | null)[];
		};
		Plate: {
			text: string;
			confidence: number;
			box: components["schemas"]["Box"];
		};
		/** x and y, as fractions (0..1) of the picture. */
		Point: [
			number,
			number
		];
		/**
		 * @example {
		 * "wish": "change"
		 * }
		 */
		PortalInput: {
			/**
			 * What the page begins with; `pay`: another way to pay
			 * @default manage
			 */
			wish: "manage" | "change" | "cancel" | "pay";
		};
		Price: {
			tier: components["schemas"]["PaidTier"];
			/** In the smallest unit of the currency: 1000 is £10.00 */
			amount: number;
			/** ISO 4217 */
			currency: string;
			per: "day" | "week" | "month" | "year";
		};
		/**
		 * The body of every error answer (RFC 9457).
		 * @example {
		 * "type": "https://vigil.dev/problems/not-found",
		 * "title": "There is no such thing",
		 * "status": 404,
		 * "detail": "no such digest in this account",
		 * "code": "not-found",
		 * "requestId": "req_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f",
		 * "errors": []
		 * }
		 */
		Problem: {
			type: string;
			/** What went wrong, for people, in the language that was asked for */
			title: string;
			status: number;
			/** What was expected and what came, for people */
			detail: string;
			code: components["schemas"]["ProblemCode"];
			/** Quote it when you ask for help */
			requestId: string;
			errors: components["schemas"]["Fault"][];
		};
		/** What went wrong, for programs. */
		ProblemCode: "invalid-json" | "invalid-body" | "account-not-chosen" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "authorization-pending" | "expired-token" | "unauthenticated" | "signature-invalid" | "signature-expired" | "code-wrong" | "code-spent" | "sign-in-refused" | "access-denied" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "idempotency-answer-lost" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "model-moved-on" | "model-not-known" | "experiment-ended" | "deployment-moved-on" | "review-not-dead" | "endpoint-unconfirmed" | "not-offered" | "no-secret" | "subscribed-already" | "not-subscribed" | "erasure-begun" | "consent-ending" | "last-owner" | "already-member" | "too-many" | "run-moved-on" | "item-differs" | "items-missing" | "source-blocked" | "question-moved-on" | "chunk-not-wanted" | "chunk-differs" | "recording-not-wanted" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "code-unknown" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "file-unknown" | "file-too-large" | "address-refused" | "address-unreadable" | "quota-exceeded" | "slow-down" | "rate-limited" | "overloaded" | "unavailable" | "internal";
		/** What a file says of its origin, and whether that holds. */
		Provenance: {
			status: components["schemas"]["ProvenanceStatus"];
			/** Why, in the codes of the C2PA specification, and `reader.*` of what could not be read */
			codes: string[];
			/** As the certificate names it */
			signer?: string;
			/** By a time stamp that verifies */
			signedAt?: components["schemas"]["Instant"];
			/** What made the statement, as it says itself */
			generator?: string;
			/** What was done, as the statement says */
			actions?: string[];
			/** How many other files it was made from, as the statement says */
			ingredients?: number;
			/** IPTC digital source types, such as `trainedAlgorithmicMedia` */
			sourceTypes?: string[];
			/** `metadata`: anybody can have written them */
			sourceTypesBy?: "manifest" | "metadata";
		};
		/** `absent`: no statement of origin, which proves nothing; `unreadable`; `remote-only`: the file names one elsewhere, which is not fetched; `trusted`: signed by somebody whom the worker's operator trusts, and unchanged since; `valid-untrusted`: signed and unchanged, by nobody who is known; `legacy-or-expired`: no sign of a change, and not valid by today's rules; `manifest-altered`: the statement itself was changed; `content-changed`: the file was changed after it was signed. */
		ProvenanceStatus: "absent" | "unreadable" | "remote-only" | "trusted" | "valid-untrusted" | "legacy-or-expired" | "manifest-altered" | "content-changed";
		/** As `PushSubscription.toJSON()` gives it in a browser. */
		PushSubscription: {
			endpoint: string;
			keys: {
				p256dh: string;
				auth: string;
			};
		};
		Question: {
			id: components["schemas"]["QuestionId"];
			run: components["schemas"]["RunId"];
			/** Of the item */
			name: string;
			/** Whether `label` is there; of `contradicts`, whether it is `label` and `other` both */
			asks: components["schemas"]["RunRule"];
			/** Null: open */
			answer: components["schemas"]["AnswerVerdict"] | null;
			answeredAt: components["schemas"]["Instant"] | null;
			/** The picture itself, for at most 60 s */
			picture: {
				/** Format: uri */
				url: string;
				expiresAt: components["schemas"]["Instant"];
			};
		};
		/** @example qst_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		QuestionId: string;
		QuestionPage: {
			/** The next for whoever asks, in their order */
			items: components["schemas"]["Question"][];
			/** Of all that match, for anybody */
			open: number;
			answered: number;
		};
		QueueLoad: {
			queue: components["schemas"]["QueueName"];
			jobs: number;
			moments: number;
			oldestSeconds?: number;
		};
		/** The two queues of deep-review jobs. */
		QueueName: "priority" | "standard";
		/**
		 * The hours of the account's day in which alerts wait for the morning summary. Life-safety never waits.
		 * @example {
		 * "from": "22:30",
		 * "until": "07:00"
		 * }
		 */
		QuietHours: {
			from: string;
			until: string;
		};
		/**
		 * @example {
		 * "upTo": "dig_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f"
		 * }
		 */
		ReadUpTo: {
			/** The newest digest that has been seen, by its id */
			upTo: components["schemas"]["DigestId"];
		};
		/**
		 * @example {
		 * "read": true
		 * }
		 */
		ReadingInput: {
			/** False: call it unread again */
			read: boolean;
		};
		/** One reason for a score. */
		Reason: {
			code: string;
			text: string;
			/** How much it moved the score */
			weight: number;
			eventIds: string[];
			/** What it rests on */
			momentIds?: string[];
		};
		Redelivered: {
			count: number;
		};
		/**
		 * @example {
		 * "from": "2026-03-01T00:00:00Z",
		 * "until": "2026-03-02T00:00:00Z"
		 * }
		 */
		RedeliveryRange: {
			from: components["schemas"]["Instant"];
			until: components["schemas"]["Instant"];
		};
		RegisteredModel: {
			/** As workers find it: of their catalogue, or prepared beside it */
			name: string;
			/** Of the prepared file, as its manifest says */
			sha256: string;
			licence: string;
			/**
			 * How it agrees with another model, and on what
			 * @default
			 */
			agreement: string;
			registeredAt: components["schemas"]["Instant"];
		};
		/** Whether a picture came before. */
		Replay: {
			/** `exact`: the very same bytes came before, as of another time, by any device of the account; `repeat`: other bytes, and the same thing at the same place and in the same posture came before of the same device; `none-found`: neither in the 30 days before, which proves nothing; `cannot-tell`: not the same bytes, and no more can be said */
			status: "exact" | "repeat" | "none-found" | "cannot-tell";
			/** Where `status` is `cannot-tell` */
			why?: components["schemas"]["Unrepeatable"];
			/** The nearest before it that is `exact` or that it repeats */
			earlier?: {
				momentId: components["schemas"]["MomentId"];
				eventId: components["schemas"]["EventId"];
				capturedAt: components["schemas"]["Instant"];
			};
		};
		/** A worker's look at the most telling moments of one session. */
		Review: {
			id: components["schemas"]["ReviewId"];
			sessionId: components["schemas"]["SessionId"];
			state: components["schemas"]["ReviewState"];
			/** How many moments it looks at */
			k: number;
			queue: components["schemas"]["QueueName"];
			/** Why K and the queue are what they are, in words */
			reasons: string[];
			requestedAt: components["schemas"]["Instant"];
			/** How many of its queue were asked for before it, counted up to 10000 */
			queuePosition?: number;
			digestId?: components["schemas"]["DigestId"];
			failure?: string;
		};
		/** @example rev_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ReviewId: string;
		/** @example {} */
		ReviewRequest: Record<string, never>;
		ReviewState: "queued" | "running" | "completed" | "failed" | "cancelled";
		ReviewUsage: {
			/** Absent for `pro`, which is never refused */
			limit?: number;
			used: number;
			left?: number;
			refunded: number;
			resetsAt?: components["schemas"]["Instant"];
			/** Pro: tokens left for the priority queue */
			tokens?: number;
			tokensMax?: number;
		};
		Role: "owner" | "member" | "viewer";
		/** A bulk intake of pictures of one source. */
		Run: {
			id: components["schemas"]["RunId"];
			source: string;
			state: components["schemas"]["RunState"];
			isPaused: boolean;
			/** What all of it is looked at with; null until that is known */
			model: components["schemas"]["ModelName"] | null;
			/** Always the sum of `open` and of the ends */
			accepted: number;
			open: number;
			ends: {
				inspected: number;
				reused: number;
				asked: number;
				unreadable: number;
				refused: number;
				dead: number;
			};
			/** What its groups were made by; null until they are */
			comparedBy: components["schemas"]["ComparedBy"] | null;
			createdAt: components["schemas"]["Instant"];
			rules: components["schemas"]["RunRules"] | null;
			zone: string | null;
			/** Null: it has no rules, or is not so far yet */
			questions: components["schemas"]["RunQuestions"] | null;
			/** Of the source's manifest; null until the run is sealed */
			manifestVersion: number | null;
		};
		/** `finish-listing`: no items follow; `seal`: signs a new version of the source's manifest with this run's items; `roll-back`: makes a further version with what was there before this run. */
		RunAction: "finish-listing" | "pause" | "resume" | "cancel" | "seal" | "roll-back";
		/**
		 * @example {
		 * "action": "pause"
		 * }
		 */
		RunActionInput: {
			action: components["schemas"]["RunAction"];
		};
		/** Items that show the same, for people's eyes. */
		RunGroup: {
			/** The number of its first item */
			group: number;
			size: number;
			/** The first 12 */
			items: components["schemas"]["RunItem"][];
		};
		/**
		 * What a person says of items. It holds for their bytes, in later runs of the account too.
		 * @example {
		 * "verdict": "split",
		 * "items": [
		 * 12,
		 * 15
		 * ]
		 * }
		 */
		RunGroupDecision: {
			/** `split`: these leave their group, and stay together; `join`: all of their groups become one */
			verdict: "split" | "join";
			items: number[];
		};
		RunGroupPage: {
			groups: components["schemas"]["RunGroup"][];
			nextAfter: number | null;
		};
		/** @example run_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		RunId: string;
		/**
		 * @example {
		 * "source": "harbour archive"
		 * }
		 */
		RunInput: {
			/** Who gives the pictures: one camera, archive or partner */
			source: string;
			rules?: components["schemas"]["RunRules"];
			/** Where its camera stands. What people find false in its pictures then weighs less there, as an assessment that was dismissed does */
			zone?: string;
		};
		RunItem: {
			no: number;
			name: string;
			sha256: string;
			/** Null: open */
			end: components["schemas"]["ItemEnd"] | null;
			/** The first item of those that show the same; null: it stands alone */
			group: number | null;
			reason: string | null;
			declared: string | null;
			/** How far it is from the boundary of the run's rules, in confidence: below 0 one of them is broken; null: none says anything of it */
			margin: number | null;
			detections: components["schemas"]["Detection"][];
			/** The picture itself, for at most 60 s */
			picture: {
				/** Format: uri */
				url: string;
				expiresAt: components["schemas"]["Instant"];
			};
		};
		RunItemInput: {
			/** Its place in the run, from 0 without gaps, in the order of time: items are looked at in chunks of 256 */
			no: number;
			name: string;
			sha256: string;
			bytes: number;
			contentType: components["schemas"]["ContentType"];
			declared?: components["schemas"]["Declared"];
		};
		RunItemPage: {
			items: components["schemas"]["RunItem"][];
			/** The next page's `after` */
			nextAfter: number | null;
		};
		/**
		 * @example {
		 * "items": [
		 * {
		 * "no": 0,
		 * "name": "2026/06/01/0001.jpg",
		 * "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		 * "bytes": 65000,
		 * "contentType": "image/jpeg"
		 * }
		 * ]
		 * }
		 */
		RunItemsInput: {
			items: components["schemas"]["RunItemInput"][];
		};
		RunItemsReply: {
			/** How many of these the run has now; the same again are counted again and change nothing */
			accepted: number;
			/** Upload these, then send their items again: they were not accepted */
			missing: components["schemas"]["MissingContent"][];
		};
		/** What was sealed: `vigil-verify` checks it offline. */
		RunManifest: {
			version: number;
			/** Who signed it, as C2SP signed-note writes keys */
			publicKey: string;
			/** manifest.json, to the letter */
			manifest: {
				format: string;
				segments: {
					name: string;
					leaves: number;
					root: string;
				}[];
				note: string;
			};
			segments: {
				name: string;
				/** Format: uri */
				url: string;
				expiresAt: components["schemas"]["Instant"];
			}[];
		};
		RunPage: {
			items: components["schemas"]["Run"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		RunQuestions: {
			/** Items that are near to a boundary */
			near: number;
			/** Those of them that became questions */
			asked: number;
			/** Those that did not, because more than the budget are near: rules alone decide */
			overflow: number;
			open: number;
			answered: number;
			/** Whether people agree */
			twice: {
				/** Questions that are asked once more, of another person where there is one */
				asked: number;
				/** Those that were answered both times */
				answered: number;
				agreed: number;
				/** The share that agrees is at least this, as far as they tell (95 %) */
				low: number;
				high: number;
			};
		};
		/** `requires`: evidence that must be there; `excludes`: what must not be seen in items that were declared as something; `contradicts`: two things that one and the same cannot be. */
		RunRule: {
			kind: "requires";
			/** What a detector names, such as `person` */
			label: string;
			/** The boundary: seen with this confidence at least, it is there */
			confidenceMin: number;
		} | {
			kind: "excludes";
			/** What a detector names, such as `person` */
			label: string;
			/** Of items that were declared as this */
			declared: components["schemas"]["Declared"];
			/** The boundary: seen with this confidence at least, it is there */
			confidenceMin: number;
		} | {
			kind: "contradicts";
			/** What a detector names, such as `person` */
			label: string;
			/** What a detector names, such as `person` */
			other: string;
			/**
			 * From this overlap (intersection over union) on it is one thing
			 * @default 0.5
			 */
			overlapMin: number;
			/** The boundary: seen with this confidence at least, it is there */
			confidenceMin: number;
		};
		/**
		 * What must be there in each item of a run, and what contradicts.
		 * @example {
		 * "rules": [
		 * {
		 * "kind": "requires",
		 * "label": "person",
		 * "confidenceMin": 0.5
		 * }
		 * ]
		 * }
		 */
		RunRules: {
			rules: components["schemas"]["RunRule"][];
			/**
			 * How near to a boundary an item must be for people to be asked, in confidence
			 * @default 0.1
			 */
			borderline: number;
			/**
			 * Which share of the run's items become questions at most: those nearest to the boundary
			 * @default 0.15
			 */
			askedShareMax: number;
		};
		/** `listing`: items may still be added (those that are complete are worked already); `running`: all are named; `grouping`: all have ended; `review`: groups can be looked at, and the run sealed. */
		RunState: "listing" | "running" | "grouping" | "review" | "sealed" | "cancelled";
		/** What always stands before a camera. */
		Scene: {
			deviceId: components["schemas"]["DeviceId"];
			/** The newest picture that was learned from */
			learnedUntil: components["schemas"]["Instant"] | null;
			/** The newest picture that was looked at, to draw on */
			picture: {
				url: string;
				expiresAt: components["schemas"]["Instant"];
				momentId: components["schemas"]["MomentId"];
			} | null;
			objects: components["schemas"]["SceneObject"][];
			areas: components["schemas"]["SceneArea"][];
		};
		/** Drawn on a picture. `ignore`: things that stand there are not told of; people and animals always are. `zone`: whoever stands there is told of as there. `mask`: it is blackened in every picture that comes from now on, before the picture is kept; nobody ever sees what lies there. */
		SceneArea: {
			kind: "ignore";
			outline: components["schemas"]["Point"][];
		} | {
			kind: "zone";
			outline: components["schemas"]["Point"][];
			zone: string;
		} | {
			kind: "mask";
			outline: components["schemas"]["Point"][];
		};
		/**
		 * All areas of a camera: those that are left out are gone.
		 * @example {
		 * "areas": [
		 * {
		 * "kind": "ignore",
		 * "outline": [
		 * [
		 * 0,
		 * 0
		 * ],
		 * [
		 * 0.25,
		 * 0
		 * ],
		 * [
		 * 0.25,
		 * 0.3
		 * ]
		 * ]
		 * },
		 * {
		 * "kind": "zone",
		 * "zone": "front gate",
		 * "outline": [
		 * [
		 * 0.5,
		 * 0.6
		 * ],
		 * [
		 * 0.9,
		 * 0.6
		 * ],
		 * [
		 * 0.9,
		 * 1
		 * ],
		 * [
		 * 0.5,
		 * 1
		 * ]
		 * ]
		 * }
		 * ]
		 * }
		 */
		SceneAreas: {
			areas: components["schemas"]["SceneArea"][];
		};
		/** A thing that stands before a camera. */
		SceneObject: {
			id: components["schemas"]["ObjectId"];
			label: string;
			name: string | null;
			colour: components["schemas"]["Colour"] | null;
			box: components["schemas"]["Box"];
			arrivedAt: components["schemas"]["Instant"];
			/** `always`: it was there when the camera was first looked at, or somebody said that it belongs there */
			arrival: "arrived" | "first-seen" | "always";
			lastSeenAt: components["schemas"]["Instant"];
			/** Pictures that show it: the first, and the latest */
			momentIds: components["schemas"]["MomentId"][];
		};
		/**
		 * @example {
		 * "name": "my car"
		 * }
		 */
		SceneObjectChange: {
			/** Null takes the name away */
			name: string | null;
		};
		/**
		 * This belongs there.
		 * @example {
		 * "box": [
		 * 0.1,
		 * 0.5,
		 * 0.3,
		 * 0.2
		 * ],
		 * "label": "car",
		 * "name": "my car"
		 * }
		 */
		SceneObjectInput: {
			/** As drawn on the camera's newest picture */
			box: components["schemas"]["Box"];
			/** What it is, as detectors name it: a thing or a vehicle */
			label: string;
			/** As you call it */
			name?: string;
		};
		SealedEvent: {
			id: components["schemas"]["EventId"];
			/** Whether all announced evidence is there and right */
			sealed: boolean;
			ready: number;
			/** Where to upload what is still missing */
			uploads: components["schemas"]["Upload"][];
		};
		/** Digests that answer a question, the newest first. */
		SearchPage: {
			items: components["schemas"]["InboxDigest"][];
			/** Null: this is the last page */
			nextCursor: string | null;
			understood: components["schemas"]["Understood"];
		};
		SeenThing: {
			label: string;
			confidence: number;
			box: components["schemas"]["Box"];
			appearance?: components["schemas"]["Appearance"];
			/** The same track in several moments is the same individual, as re-identification sees it: within one report, or, of names that end alike in `@` and a number, within one review */
			trackId?: string;
			/** What else it may be, less surely: one thing has one label */
			alternatives?: {
				label: string;
				confidence: number;
			}[];
		};
		/** A sentence and the moments that it rests on. */
		Sentence: {
			text: string;
			momentIds: string[];
		};
		Session: {
			id: components["schemas"]["SessionId"];
			siteId: components["schemas"]["SiteId"];
			state: components["schemas"]["SessionState"];
			firstEventAt: components["schemas"]["Instant"];
			lastEventAt: components["schemas"]["Instant"];
			level: components["schemas"]["Level"];
			assessment: components["schemas"]["Assessment"];
			reviewId: components["schemas"]["ReviewId"] | null;
			digestId: components["schemas"]["DigestId"] | null;
			digest: components["schemas"]["DigestOutlook"];
			/** Whether all of it came so late that nothing rings for it */
			late: boolean;
			events: components["schemas"]["Event"][];
		};
		/** @example ses_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		SessionId: string;
		SessionPage: {
			items: components["schemas"]["SessionSummary"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		SessionState: "open" | "closed";
		/** Events of one site that lie close together in time. */
		SessionSummary: {
			id: components["schemas"]["SessionId"];
			siteId: components["schemas"]["SiteId"];
			state: components["schemas"]["SessionState"];
			firstEventAt: components["schemas"]["Instant"];
			lastEventAt: components["schemas"]["Instant"];
			level: components["schemas"]["Level"];
			assessment: components["schemas"]["Assessment"];
			reviewId: components["schemas"]["ReviewId"] | null;
			digestId: components["schemas"]["DigestId"] | null;
			digest: components["schemas"]["DigestOutlook"];
			/** Whether all of it came so late that nothing rings for it */
			late: boolean;
		};
		/** A link by which anybody may read one digest. */
		Share: {
			id: components["schemas"]["ShareId"];
			digestId: components["schemas"]["DigestId"];
			/** Who made it */
			memberId: components["schemas"]["MemberId"];
			createdAt: components["schemas"]["Instant"];
			expiresAt: components["schemas"]["Instant"];
			revokedAt: components["schemas"]["Instant"] | null;
			openings: number;
			lastOpenedAt: components["schemas"]["Instant"] | null;
		};
		/** @example shr_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		ShareId: string;
		/**
		 * @example {
		 * "hours": 168
		 * }
		 */
		ShareInput: {
			/** @default 168 */
			hours: number;
		};
		SharePage: {
			items: components["schemas"]["Share"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** The only answer that ever holds the link itself. */
		ShareWithUrl: {
			id: components["schemas"]["ShareId"];
			digestId: components["schemas"]["DigestId"];
			/** Who made it */
			memberId: components["schemas"]["MemberId"];
			createdAt: components["schemas"]["Instant"];
			expiresAt: components["schemas"]["Instant"];
			revokedAt: components["schemas"]["Instant"] | null;
			openings: number;
			lastOpenedAt: components["schemas"]["Instant"] | null;
			url: string;
		};
		/** `holds`: these bytes were signed by the gateway when they were captured; `wrong`: other bytes, another time or another number were; `unknown-key`: by a key that the gateway has not told. */
		SignatureStatus: "holds" | "wrong" | "unknown-key";
		SignaturesRecorded: {
			recorded: true;
		};
		Site: {
			id: components["schemas"]["SiteId"];
			name: string;
		};
		SiteConsents: {
			siteId: components["schemas"]["SiteId"];
			siteName: string;
			/** One of each kind */
			consents: components["schemas"]["Consent"][];
		};
		SiteConsentsPage: {
			items: components["schemas"]["SiteConsents"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** @example sit_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		SiteId: string;
		Source: {
			id: components["schemas"]["SourceId"];
			kind: components["schemas"]["SourceKind"];
			name: string;
			device: components["schemas"]["DeviceId"] | null;
			state: components["schemas"]["SourceState"];
			/** Since when it is in this state; what was before counts no more */
			since: components["schemas"]["Instant"];
			/** Why it came into this state; empty: nothing was found against it */
			reasons: components["schemas"]["SourceShare"][];
			/** Of the last 30 days, or of what came since then */
			shares: components["schemas"]["SourceShare"][];
			/** Null: it is trusted */
			wayBack: {
				/** When time alone leads on; null: nothing leads on by itself */
				until: components["schemas"]["Instant"] | null;
				/** What could be told since then */
				judged: number;
				/** How much must be told, and be good, for it to be trusted again */
				wanted: number;
			} | null;
			/** What it may give; null: no limit of its own */
			quota: {
				itemsPerRun: number | null;
				itemsPerDay: number | null;
			};
			/** When an owner last said otherwise */
			overruled: {
				by: string;
				reason: string;
				at: components["schemas"]["Instant"];
			} | null;
		};
		/**
		 * @example {
		 * "state": "trusted",
		 * "reason": "The lens was cleaned"
		 * }
		 */
		SourceChange: {
			state?: components["schemas"]["SourceState"];
			/** Wanted with a state */
			reason?: string;
			itemsPerRun?: number | null;
			/** Of runs that were opened within 24 hours */
			itemsPerDay?: number | null;
		};
		/** `off-topic`: not what it should be, by people's word and by the rules of its runs; `duplicates`: the same bytes once more; `broken`: pictures that no decoder takes, or that are not what was announced. */
		SourceFault: "off-topic" | "duplicates" | "broken";
		/** @example src_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f */
		SourceId: string;
		/** `device`: a camera or gateway that reports events; `run`: what runs name as their source. */
		SourceKind: "device" | "run";
		SourceList: {
			items: components["schemas"]["Source"][];
		};
		SourceShare: {
			fault: components["schemas"]["SourceFault"];
			found: number;
			/** How many could be told */
			of: number;
			/** The share is at least this, as far as they tell (95 %): what is held against the limits */
			low: number;
			high: number;
			probationFrom: number;
			blockedFrom: number;
		};
		/** `trusted`; `probation`: the first pictures of its runs are looked at before the rest, within a quota; `blocked`: its runs are refused, and its sessions are not reviewed by themselves. What threatens life is looked at in any state. */
		SourceState: "trusted" | "probation" | "blocked";
		Span: {
			id: string;
			/** null: the trace begins with it, or its parent is not Vigil's */
			parentId: string | null;
			service: string;
			name: string;
			kind: "internal" | "server" | "client" | "producer" | "consumer";
			startedAt: components["schemas"]["Instant"];
			/** Milliseconds since the trace's first span began */
			startMs: number;
			milliseconds: number;
			attributes: {
				[key: string]: string | number | boolean;
			};
			failure: string | null;
		};
		StreamEntry: {
			kind: components["schemas"]["StreamEntryKind"];
			subject: string;
			at: components["schemas"]["Instant"];
			detail: Record<string, unknown>;
		};
		StreamEntryKind: "digest" | "addendum" | "assessment" | "review" | "session" | "device";
		Subscription: {
			tier: components["schemas"]["Tier"];
			/** `past-due`: a payment has failed, and is tried again; the tier stays meanwhile */
			state: "paying" | "past-due" | "suspended";
			/** When it ends because it was cancelled */
			endsAt: components["schemas"]["Instant"] | null;
		};
		/** Whether a picture was generated. From pixels alone Vigil does not say: no detector that was measured is better than chance on generators that it has not seen. */
		Synthetic: {
			/** `declared`: the file itself says that it was generated; `cannot-tell`: it does not, which proves nothing */
			status: "declared" | "cannot-tell";
			reasons: string[];
		};
		/**
		 * @example {
		 * "text": "The words to be checked.",
		 * "label": "letter 12"
		 * }
		 */
		TextInput: {
			text: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		};
		/** What the account pays for. */
		Tier: "lite" | "guardian" | "pro";
		/**
		 * @example {
		 * "tier": "pro"
		 * }
		 */
		TierInput: {
			tier: components["schemas"]["Tier"];
		};
		TimelineEntry: {
			text: string;
			momentIds: string[];
			at: components["schemas"]["Instant"];
		};
		/** A member's own key, for programs: vgl_mem_… */
		Token: {
			id: components["schemas"]["KeyId"];
			memberId: components["schemas"]["MemberId"];
			name: string | null;
			createdAt: components["schemas"]["Instant"];
			lastUsedAt: components["schemas"]["Instant"] | null;
			/** Null for one that an operator made */
			expiresAt: components["schemas"]["Instant"] | null;
			revokedAt: components["schemas"]["Instant"] | null;
		};
		/**
		 * @example {
		 * "name": "Backup script",
		 * "days": 90
		 * }
		 */
		TokenInput: {
			/** What it is for */
			name: string;
			/**
			 * How long it lasts
			 * @default 90
			 */
			days: number;
		};
		TokenPage: {
			items: components["schemas"]["Token"][];
			/** Null: this is the last page */
			nextCursor: string | null;
		};
		/** The only answer that ever holds a token in the clear. */
		TokenWithKey: {
			id: components["schemas"]["KeyId"];
			memberId: components["schemas"]["MemberId"];
			name: string | null;
			createdAt: components["schemas"]["Instant"];
			lastUsedAt: components["schemas"]["Instant"] | null;
			/** Null for one that an operator made */
			expiresAt: components["schemas"]["Instant"] | null;
			revokedAt: components["schemas"]["Instant"] | null;
			key: string;
		};
		/** What happened to one request, from its device to whoever was told. */
		Trace: {
			/** @example 4bf92f3577b34da6a3ce929d0e0e4736 */
			id: string;
			/** Of its first span */
			name: string;
			startedAt: components["schemas"]["Instant"];
			/** From its first span's beginning to the last one's end */
			milliseconds: number;
			failed: boolean;
			/** As they began */
			spans: components["schemas"]["Span"][];
		};
		TraceList: {
			/** Whether this installation keeps the last traces itself, as a local stack does */
			kept: boolean;
			/** Where spans are sent: the collector's origin; null: nowhere */
			collector: string | null;
			/** The latest first */
			items: components["schemas"]["Trace"][];
		};
		Traffic: {
			requests: number;
			/** Answered with 5xx, or not at all */
			failed: number;
			/** Answered later than promised */
			slow: number;
		};
		TrendDay: {
			/**
			 * Format: date
			 * @example 2026-06-01
			 */
			date: string;
			events: number;
			/** Sessions that began on that day, by their level */
			sessions: components["schemas"]["LevelCounts"];
			digests: number;
		};
		TrendZone: {
			/** Null: the events named none */
			zone: string | null;
			events: number;
			/** Events by the hour of the account's clock, from 0 */
			hours: number[];
		};
		/** What an account's days were like, in figures. */
		Trends: {
			/**
			 * Format: date
			 * @example 2026-06-01
			 */
			from: string;
			/**
			 * Format: date
			 * @example 2026-06-01
			 */
			until: string;
			timeZone: string;
			/** Every day, also those on which nothing happened */
			days: components["schemas"]["TrendDay"][];
			/** Those with the most events first */
			zones: components["schemas"]["TrendZone"][];
			/** How many zones with fewer events are not listed */
			zonesLeftOut: number;
			reviews: {
				asked: number;
				/** Of these, asked for by a member */
				byMembers: number;
				completed: number;
				failed: number;
			};
			/** Events that members called false in that time */
			dismissed: number;
			/** How soon members looked at what was serious */
			response: {
				/** Digests at elevated or above */
				digests: number;
				/** Of these, opened by a member */
				opened: number;
				/** Half of them were opened within this time; null: none was */
				medianSeconds: number | null;
			};
		};
		/** `silent`: nothing is heard of it; `blind`: its pictures show one colour and nothing else; `clock`: its clock is wrong; `blurred`, `overexposed`: so are its pictures; `frozen`: it shows the same picture for hours. */
		TroubleKind: "silent" | "blind" | "clock" | "blurred" | "overexposed" | "frozen";
		Understood: {
			/** What was looked for; empty: anything */
			words: string;
			/** When, by the account's time zone; null: at any time; empty: at a time that has not come yet */
			stretches: {
				from: components["schemas"]["Instant"];
				until: components["schemas"]["Instant"];
			}[] | null;
		};
		UnreadCount: {
			count: number;
			/** A count of this many means: or more */
			countedMax: number;
		};
		/** Why nobody can say whether a picture repeats one: `not-looked-for`: no worker has looked at it; `nothing-before`: there is nothing of its camera to compare it with; `nothing-moves`: it shows what always stands there, as many others do. */
		Unrepeatable: "not-looked-for" | "nothing-before" | "nothing-moves";
		/** Where to put one piece of evidence, and until when. */
		Upload: {
			name: string;
			method: "PUT";
			url: string;
			/** Send exactly these: the URL is bound to them */
			headers: Record<string, string>;
			expiresAt: components["schemas"]["Instant"];
		};
		/**
		 * @example {
		 * "kind": "video",
		 * "bytes": 48000000,
		 * "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		 * }
		 */
		UploadInput: {
			kind: "audio" | "video";
			bytes: number;
			sha256: string;
			/** What the file is called; forgotten with the file */
			name?: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		};
		/** `awaiting-upload`: announced, and to be uploaded and completed; `awaiting-worker`: completed; `settled`: `check` has the answer; `refused`: a worker read it, and it is not what was announced, which costs its points; `given-back`: there is no answer, and it cost nothing. */
		UploadState: "awaiting-upload" | "awaiting-worker" | "settled" | "refused" | "given-back";
		/**
		 * @example {
		 * "url": "https://www.example.com/picture.jpg"
		 * }
		 */
		UrlInput: {
			/** Format: uri */
			url: string;
			/** Yours, to know it again by; it is kept */
			label?: string;
		};
		Usage: {
			tier: components["schemas"]["Tier"];
			reviews: components["schemas"]["ReviewUsage"];
		};
		/** What an endpoint can be asked to tell. */
		WantedKind: "digest" | "addendum" | "assessment" | "summary" | "device" | "usage";
		Withdrawal: {
			/** A member's name; `Vigil`: it was stored before anybody was asked */
			withdrawnBy: string;
			withdrawnAt: components["schemas"]["Instant"];
			/** Null: what was stored is being erased */
			erasedAt: components["schemas"]["Instant"] | null;
			/** What went until now */
			counts: components["schemas"]["WithdrawnCounts"];
			/** The receipt as a C2SP signed note, with the key that signs the evidence log */
			note: string | null;
		};
		WithdrawnCounts: {
			/** Faces, plates, or names by which the same person was known again */
			findings: number;
			/** Reports of workers that had them */
			reports: number;
			/** Digests that were put into words again without them */
			digests: number;
			/** What was told by webhook, mail or browser, as it is kept here */
			messages: number;
			/** Earlier words of digests, as the evidence log was able to prove them */
			leaves: number;
			/** Of pictures of runs */
			embeddings: number;
			/** Exports of the account that could have held some of it */
			archives: number;
		};
	};
	responses: {
		/** The request is not well formed */
		Invalid: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** No valid credential */
		Unauthenticated: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** The credential or the tier does not allow it */
		Forbidden: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** There is no such thing in this account */
		NotFound: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** It conflicts with what is there; Retry-After is said where that ends by itself */
		Conflict: {
			headers: {
				"Retry-After"?: string;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** The body is too large */
		TooLarge: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** The content type is not supported */
		UnsupportedMediaType: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** The request is well formed but cannot be carried out */
		Unprocessable: {
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** Used up for now; RateLimit says what is left, Retry-After when to ask again */
		TooManyRequests: {
			headers: {
				"RateLimit-Policy"?: string;
				RateLimit?: string;
				"Retry-After"?: string;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
		/** Try again later */
		Unavailable: {
			headers: {
				"Retry-After"?: string;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"];
			};
		};
	};
	parameters: {
		AccountId: components["schemas"]["AccountId"];
		/** The `nextAfter` of the page before */
		After: number | null;
		CheckId: components["schemas"]["CheckId"];
		/** What was checked. */
		CheckKind: components["schemas"]["CheckKind"];
		/** The `nextCursor` of the page before */
		Cursor: string;
		DeliveryId: components["schemas"]["DeliveryId"];
		DeploymentId: components["schemas"]["DeploymentId"];
		/** An event of the session came from this device */
		Device: string;
		DeviceId: components["schemas"]["DeviceId"];
		DigestId: components["schemas"]["DigestId"];
		EndpointId: components["schemas"]["EndpointId"];
		EventId: components["schemas"]["EventId"];
		ExperimentId: components["schemas"]["ExperimentId"];
		/** `declared`: it says so itself; `likely`: above a threshold that real ones of its slice seldom pass; `none-found`: below it, which proves nothing; `cannot-tell`: with why. */
		GeneratedStatus: components["schemas"]["GeneratedStatus"];
		/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
		IdempotencyKey: string;
		/** Yours, to know it again by; it is kept */
		Label: string;
		/** This level and those above it */
		LevelFrom: "low" | "standard" | "elevated" | "critical";
		Limit: number;
		MemberId: components["schemas"]["MemberId"];
		/** What the file is called; it is not kept */
		Name: string;
		ObjectId: components["schemas"]["ObjectId"];
		/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
		OptionalIdempotencyKey: string;
		QuestionId: components["schemas"]["QuestionId"];
		ReviewId: components["schemas"]["ReviewId"];
		RunId: components["schemas"]["RunId"];
		/** A label as in `counts`, or a kind: `person`, `vehicle`, `animal`, `belonging` */
		Seen: string;
		SessionId: components["schemas"]["SessionId"];
		SiteId: components["schemas"]["SiteId"];
		SourceId: components["schemas"]["SourceId"];
		/** Whether who asks has not read it, or not since it has grown */
		Unread: "true" | "false";
		/** An event of the session was there */
		Zone: string;
	};
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export interface operations {
	listEvents: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EventPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	reportEvent: {
		parameters: {
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EventInput"];
				"multipart/form-data": components["schemas"]["EventForm"];
			};
		};
		responses: {
			202: {
				content: {
					"application/json": components["schemas"]["EventAccepted"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
			503: components["responses"]["Unavailable"];
		};
	};
	reportEvents: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["EventBatch"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["BatchAnswer"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			503: components["responses"]["Unavailable"];
		};
	};
	announceEvidence: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AnnouncedEvidence"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EvidenceAccepted"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			503: components["responses"]["Unavailable"];
		};
	};
	sealEvent: {
		parameters: {
			query?: {
				/** How many pictures the event has in all, where they were announced one by one: it is not sealed with fewer or more */
				pieces?: number | null;
			};
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SealedEvent"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			422: components["responses"]["Unprocessable"];
			503: components["responses"]["Unavailable"];
		};
	};
	signEvidence: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EvidenceSignatures"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SignaturesRecorded"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	dismissEvent: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Dismissals"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			422: components["responses"]["Unprocessable"];
		};
	};
	getEvent: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Event"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listSessions: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
				from?: string;
				until?: string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SessionPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getSession: {
		parameters: {
			path: {
				id: components["parameters"]["SessionId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	requestReview: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["SessionId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ReviewRequest"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Review"];
				};
			};
			202: {
				content: {
					"application/json": components["schemas"]["Review"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
			503: components["responses"]["Unavailable"];
		};
	};
	getReview: {
		parameters: {
			path: {
				id: components["parameters"]["ReviewId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Review"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	followStream: {
		parameters: {
			query?: {
				/** For clients that cannot set the header `Last-Event-ID` */
				lastEventId?: number | null;
			};
		};
		responses: {
			200: {
				content: {
					"text/event-stream": components["schemas"]["StreamEntry"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	listDigests: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
				/** This level and those above it */
				levelFrom?: components["parameters"]["LevelFrom"];
				site?: components["parameters"]["SiteId"];
				/** An event of the session came from this device */
				device?: components["parameters"]["Device"];
				/** An event of the session was there */
				zone?: components["parameters"]["Zone"];
				/** A label as in `counts`, or a kind: `person`, `vehicle`, `animal`, `belonging` */
				seen?: components["parameters"]["Seen"];
				/** Whether who asks has not read it, or not since it has grown */
				unread?: components["parameters"]["Unread"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DigestPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	countUnread: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["UnreadCount"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	markReadUpTo: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ReadUpTo"];
			};
		};
		responses: {
			204: {
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	markReading: {
		parameters: {
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ReadingInput"];
			};
		};
		responses: {
			204: {
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	getOvernight: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Overnight"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	searchDigests: {
		parameters: {
			query: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
				/** This level and those above it */
				levelFrom?: components["parameters"]["LevelFrom"];
				site?: components["parameters"]["SiteId"];
				/** An event of the session came from this device */
				device?: components["parameters"]["Device"];
				/** An event of the session was there */
				zone?: components["parameters"]["Zone"];
				/** A label as in `counts`, or a kind: `person`, `vehicle`, `animal`, `belonging` */
				seen?: components["parameters"]["Seen"];
				/** Whether who asks has not read it, or not since it has grown */
				unread?: components["parameters"]["Unread"];
				q: string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SearchPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getDigest: {
		parameters: {
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Digest"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listSharesOfDigest: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DigestSharePage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	shareDigest: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ShareInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["ShareWithUrl"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	listShares: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SharePage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	revokeShare: {
		parameters: {
			path: {
				id: components["schemas"]["ShareId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	exportDigest: {
		parameters: {
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["Bundle"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	checkText: {
		parameters: {
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TextInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	checkImage: {
		parameters: {
			query?: {
				/** What the file is called; it is not kept */
				name?: components["parameters"]["Name"];
				/** Yours, to know it again by; it is kept */
				label?: components["parameters"]["Label"];
			};
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"image/jpeg": string;
				"image/png": string;
				"image/webp": string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	checkAudio: {
		parameters: {
			query?: {
				/** What the file is called; it is not kept */
				name?: components["parameters"]["Name"];
				/** Yours, to know it again by; it is kept */
				label?: components["parameters"]["Label"];
			};
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"audio/wav": string;
				"audio/mpeg": string;
				"audio/flac": string;
				"audio/ogg": string;
				"audio/mp4": string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	checkVideo: {
		parameters: {
			query?: {
				/** What the file is called; it is not kept */
				name?: components["parameters"]["Name"];
				/** Yours, to know it again by; it is kept */
				label?: components["parameters"]["Label"];
			};
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"video/mp4": string;
				"video/quicktime": string;
				"video/webm": string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	checkUrl: {
		parameters: {
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["UrlInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	checkBatch: {
		parameters: {
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CheckBatch"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckBatchResults"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	followChecks: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["CheckBatch"];
			};
		};
		responses: {
			200: {
				content: {
					"text/event-stream": components["schemas"]["CheckBatchResult"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	listChecks: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
				/** What was checked. */
				kind?: components["parameters"]["CheckKind"];
				/** `declared`: it says so itself; `likely`: above a threshold that real ones of its slice seldom pass; `none-found`: below it, which proves nothing; `cannot-tell`: with why. */
				status?: components["parameters"]["GeneratedStatus"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getCheck: {
		parameters: {
			path: {
				id: components["parameters"]["CheckId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Check"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getChecksDashboard: {
		parameters: {
			query?: {
				days?: number;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckDashboard"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getChecksEvaluation: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckEvaluation"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	exportChecks: {
		parameters: {
			query?: {
				format?: "csv" | "json";
				/** What was checked. */
				kind?: components["parameters"]["CheckKind"];
				/** `declared`: it says so itself; `likely`: above a threshold that real ones of its slice seldom pass; `none-found`: below it, which proves nothing; `cannot-tell`: with why. */
				status?: components["parameters"]["GeneratedStatus"];
			};
		};
		responses: {
			200: {
				content: {
					"text/csv": string;
					"application/json": components["schemas"]["CheckExport"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	announceCheckUpload: {
		parameters: {
			header?: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key"?: components["parameters"]["OptionalIdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["UploadInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["CheckUpload"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	completeCheckUpload: {
		parameters: {
			path: {
				id: components["parameters"]["CheckId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckUpload"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getCheckUpload: {
		parameters: {
			path: {
				id: components["parameters"]["CheckId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["CheckUpload"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getCustodyOfDigest: {
		parameters: {
			path: {
				id: components["parameters"]["DigestId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Custody"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getCustodyOfEvent: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Custody"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listEndpoints: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EndpointPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	addEndpoint: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EndpointInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["EndpointWithSecret"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	getEndpointOffer: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EndpointOffer"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	removeEndpoint: {
		parameters: {
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	changeEndpoint: {
		parameters: {
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EndpointChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Endpoint"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	rotateEndpointSecret: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["EndpointWithSecret"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			422: components["responses"]["Unprocessable"];
		};
	};
	testEndpoint: {
		parameters: {
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		responses: {
			202: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
		};
	};
	listEndpointDeliveries: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EndpointDeliveryPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	redeliverRange: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["EndpointId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RedeliveryRange"];
			};
		};
		responses: {
			202: {
				content: {
					"application/json": components["schemas"]["Redelivered"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	listDeliveries: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DeliveryPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getDelivery: {
		parameters: {
			path: {
				id: components["parameters"]["DeliveryId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Delivery"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	redeliver: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["DeliveryId"];
			};
		};
		responses: {
			202: {
				content: {
					"application/json": components["schemas"]["Redelivered"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			422: components["responses"]["Unprocessable"];
		};
	};
	getAccount: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Account"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	changeAccount: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["AccountChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Account"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	resetDismissals: {
		parameters: NoParameters;
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getLedger: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Ledger"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getTrends: {
		parameters: {
			query: {
				from: string;
				until: string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Trends"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getUsage: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Usage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	listExports: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["AccountExportPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	askExport: {
		parameters: NoParameters;
		responses: {
			202: {
				content: {
					"application/json": components["schemas"]["AccountExport"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
		};
	};
	getExport: {
		parameters: {
			path: {
				id: components["schemas"]["ExportId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["AccountExport"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	showErasure: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["ErasureShown"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	askErasure: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ErasureInput"];
			};
		};
		responses: {
			202: {
				content: {
					"application/json": components["schemas"]["Erasure"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	callOffErasure: {
		parameters: NoParameters;
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
		};
	};
	listConsents: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SiteConsentsPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	changeConsent: {
		parameters: {
			path: {
				id: components["schemas"]["SiteId"];
				kind: "faces" | "plates" | "reidentification";
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ConsentInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Consent"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listMemberships: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Memberships"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	changePerson: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["PersonChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Person"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	openAccount: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["NewAccount"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["Membership"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listMembers: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["MemberPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	removeMember: {
		parameters: {
			path: {
				id: components["parameters"]["MemberId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
		};
	};
	changeMember: {
		parameters: {
			path: {
				id: components["parameters"]["MemberId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MemberChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Member"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	leaveAccount: {
		parameters: NoParameters;
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
		};
	};
	renameSelf: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["OwnName"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Member"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listAudit: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["AuditPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	showInvitation: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["InvitationToken"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["InvitationShown"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	acceptInvitation: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["InvitationAcceptance"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["Membership"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listInvitations: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["InvitationPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	addInvitation: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["InvitationInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["InvitationWithLink"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	revokeInvitation: {
		parameters: {
			path: {
				id: components["schemas"]["InvitationId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listTokens: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["TokenPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	addToken: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TokenInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["TokenWithKey"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	revokeToken: {
		parameters: {
			path: {
				id: string;
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getBilling: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Billing"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	openCheckout: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CheckoutInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["PaymentPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			503: components["responses"]["Unavailable"];
		};
	};
	openPortal: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["PortalInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["PaymentPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			503: components["responses"]["Unavailable"];
		};
	};
	listDevices: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DevicePage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	addDevice: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeviceInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["DeviceWithKey"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	removeDevice: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	addDeviceKey: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["DeviceWithKey"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			422: components["responses"]["Unprocessable"];
		};
	};
	rotateDeviceKey: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["KeyRotation"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["DeviceWithKey"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	revokeDeviceKey: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
				keyId: components["schemas"]["KeyId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	showEnrolment: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["EnrolmentCode"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Enrolment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	grantEnrolment: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EnrolmentGrant"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["Device"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	refuseEnrolment: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["EnrolmentCode"];
			};
		};
		responses: {
			204: {
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
			429: components["responses"]["TooManyRequests"];
		};
	};
	getScene: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Scene"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	getMasks: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DeviceMasks"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	teachSceneObject: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SceneObjectInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["SceneObject"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	forgetSceneObject: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
				objectId: components["parameters"]["ObjectId"];
			};
		};
		responses: {
			204: {
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	renameSceneObject: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
				objectId: components["parameters"]["ObjectId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SceneObjectChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SceneObject"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	changeSceneAreas: {
		parameters: {
			path: {
				id: components["parameters"]["DeviceId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SceneAreas"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SceneAreas"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	reportGateway: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["GatewayReport"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["GatewayRecorded"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	tellGatewayKey: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["GatewayKeyInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["GatewayKey"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listGateways: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["GatewayPage"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getEventVerdict: {
		parameters: {
			path: {
				id: components["parameters"]["EventId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["EventVerdict"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listRuns: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["RunPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	openRun: {
		parameters: {
			header: {
				/** Yours to choose, new for each request: the same again is then answered the same (see: sending again). */
				"idempotency-key": components["parameters"]["IdempotencyKey"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RunInput"];
			};
		};
		responses: {
			201: {
				content: {
					"application/json": components["schemas"]["Run"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
			422: components["responses"]["Unprocessable"];
		};
	};
	getRun: {
		parameters: {
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Run"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listRunItems: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextAfter` of the page before */
				after?: components["parameters"]["After"];
				/** Only items of this group; `none`: only those that stand alone */
				group?: string;
			};
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["RunItemPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	nameRunItems: {
		parameters: {
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RunItemsInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["RunItemsReply"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listRunGroups: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextAfter` of the page before */
				after?: components["parameters"]["After"];
			};
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["RunGroupPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	decideRunGroups: {
		parameters: {
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RunGroupDecision"];
			};
		};
		responses: {
			204: {
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	moveRun: {
		parameters: {
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RunActionInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Run"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	getRunManifest: {
		parameters: {
			path: {
				id: components["parameters"]["RunId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["RunManifest"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listQuestions: {
		parameters: {
			query?: {
				/** Only of this run */
				run?: string;
				limit?: number;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["QuestionPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	answerQuestion: {
		parameters: {
			path: {
				id: components["parameters"]["QuestionId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AnswerInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Question"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	takeBackAnswer: {
		parameters: {
			path: {
				id: components["parameters"]["QuestionId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Question"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
		};
	};
	listSources: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["SourceList"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getSource: {
		parameters: {
			path: {
				id: components["parameters"]["SourceId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Source"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	changeSource: {
		parameters: {
			path: {
				id: components["parameters"]["SourceId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SourceChange"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Source"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	getLoad: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Load"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	getLedgerOfAll: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["OperatorLedger"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	listDeadLetters: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["DeadLetterPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	redriveReview: {
		parameters: {
			path: {
				id: components["parameters"]["ReviewId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Review"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
		};
	};
	listAccounts: {
		parameters: {
			query?: {
				limit?: components["parameters"]["Limit"];
				/** The `nextCursor` of the page before */
				cursor?: components["parameters"]["Cursor"];
				words?: string;
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["AccountPage"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	setTier: {
		parameters: {
			path: {
				id: components["parameters"]["AccountId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TierInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Account"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	setLabels: {
		parameters: {
			path: {
				id: components["parameters"]["AccountId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["LabelWishes"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Account"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listDeployments: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Deployments"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	openDeployment: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeploymentInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Deployment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	observeDeployment: {
		parameters: {
			path: {
				id: components["parameters"]["DeploymentId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeploymentObservationInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Deployment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	stopDeployment: {
		parameters: {
			path: {
				id: components["parameters"]["DeploymentId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Deployment"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listModels: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Models"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	registerModel: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ModelInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Models"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	promoteModel: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ModelPromotionInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Models"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	rollBackModel: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ModelRollBackInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Models"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	getModelRecord: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["ModelDecisionRecord"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	listExperiments: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Experiments"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
	openExperiment: {
		parameters: NoParameters;
		requestBody: {
			content: {
				"application/json": components["schemas"]["ExperimentInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Experiment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	recordExperimentPairs: {
		parameters: {
			path: {
				id: components["parameters"]["ExperimentId"];
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ExperimentPairsInput"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Experiment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			409: components["responses"]["Conflict"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	listDisagreements: {
		parameters: {
			path: {
				id: components["parameters"]["ExperimentId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Disagreements"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	answerDisagreement: {
		parameters: {
			path: {
				id: components["parameters"]["ExperimentId"];
				no: number;
			};
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DisagreementAnswer"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Experiment"];
				};
			};
			400: components["responses"]["Invalid"];
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
			413: components["responses"]["TooLarge"];
			415: components["responses"]["UnsupportedMediaType"];
		};
	};
	stopExperiment: {
		parameters: {
			path: {
				id: components["parameters"]["ExperimentId"];
			};
		};
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["Experiment"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
			404: components["responses"]["NotFound"];
		};
	};
	listTraces: {
		parameters: NoParameters;
		responses: {
			200: {
				content: {
					"application/json": components["schemas"]["TraceList"];
				};
			};
			401: components["responses"]["Unauthenticated"];
			403: components["responses"]["Forbidden"];
		};
	};
}
