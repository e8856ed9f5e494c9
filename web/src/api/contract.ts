/** The names under which the console knows what the API answers; the types come from its OpenAPI document. */
import type { components } from "@vigil/client";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type Usage = Schemas["Usage"];
export type Ledger = Schemas["Ledger"];
export type Check = Schemas["Check"];
export type CheckUpload = Schemas["CheckUpload"];
export type UploadInput = Schemas["UploadInput"];
export type CheckPage = Schemas["CheckPage"];
export type CheckDashboard = Schemas["CheckDashboard"];
export type CheckEvaluation = Schemas["CheckEvaluation"];
export type Device = Schemas["Device"];
export type DeviceInput = Schemas["DeviceInput"];
export type DeviceWithKey = Schemas["DeviceWithKey"];
export type DeviceKey = Schemas["Key"];
export type Enrolment = Schemas["Enrolment"];
export type EnrolmentGrant = Schemas["EnrolmentGrant"];
export type EventAccepted = Schemas["EventAccepted"];
export type Trouble = Schemas["DeviceTrouble"];
export type Gateway = Schemas["Gateway"];
export type GatewaySensor = Schemas["GatewaySensor"];
export type Scene = Omit<Schemas["Scene"], "areas"> & { areas: SceneArea[] };
export type SceneObject = Schemas["SceneObject"];
/** openapi-fetch widens the two numbers of a point to an array of any length. */
type Outlined<Area> = Area extends unknown
  ? Omit<Area, "outline"> & { outline: [x: number, y: number][] }
  : never;
export type SceneArea = Outlined<Schemas["SceneArea"]>;
export type SceneObjectInput = Omit<Schemas["SceneObjectInput"], "box"> & {
  box: [x: number, y: number, width: number, height: number];
};
export type InboxDigest = Schemas["InboxDigest"];
export type UnreadCount = Schemas["UnreadCount"];
export type Digest = Schemas["Digest"];
export type SessionPage = Schemas["SessionPage"];
export type Session = Schemas["Session"];
export type Event = Schemas["Event"];
export type Dismissed = Schemas["Dismissals"];
export type Trends = Schemas["Trends"];
export type SessionSummary = Schemas["SessionSummary"];
export type Review = Schemas["Review"];

export type Endpoint = Schemas["Endpoint"];
export type EndpointWithSecret = Schemas["EndpointWithSecret"];
export type EndpointInput = Schemas["EndpointInput"];
export type EndpointChange = Schemas["EndpointChange"];
export type EndpointOffer = Schemas["EndpointOffer"];
export type WantedKind = Schemas["WantedKind"];
export type DeliverySummary = Schemas["DeliverySummary"];

export type Member = Schemas["Member"];
export type Role = Schemas["Role"];
export type Membership = Schemas["Membership"];
export type Memberships = Schemas["Memberships"];
export type NewAccount = Schemas["NewAccount"];
export type Invitation = Schemas["Invitation"];
export type InvitationWithLink = Schemas["InvitationWithLink"];
export type InvitationShown = Schemas["InvitationShown"];
export type Token = Schemas["Token"];
export type TokenWithKey = Schemas["TokenWithKey"];
export type AccountChange = Schemas["AccountChange"];
export type Consent = Schemas["Consent"];
export type SiteConsents = Schemas["SiteConsents"];
export type AuditPage = Schemas["AuditPage"];
export type DeliveryPage = Schemas["DeliveryPage"];
export type Delivery = Schemas["Delivery"];
export type AuditEntry = Schemas["AuditEntry"];

export type AccountExport = Schemas["AccountExport"];
export type Erasure = Schemas["Erasure"];
export type Billing = Schemas["Billing"];
export type Subscription = Schemas["Subscription"];
export type PortalInput = Schemas["PortalInput"];
export type PaidTier = Schemas["PaidTier"];
export type PaymentPage = Schemas["PaymentPage"];

export type SearchPage = Schemas["SearchPage"];
export type Share = Schemas["Share"];
export type ShareWithUrl = Schemas["ShareWithUrl"];
export type Bundle = Schemas["Bundle"];

export type Load = Schemas["Load"];
export type Models = Schemas["Models"];
export type Experiment = Schemas["Experiment"];
/** openapi-fetch widens the numbers of a box to an array of any length. */
type BlindThing = { label: string; box: number[] };
export type Disagreement = Omit<Schemas["Disagreement"], "a" | "b"> & { a: BlindThing[]; b: BlindThing[] };
export type Disagreements = Omit<Schemas["Disagreements"], "items"> & { items: Disagreement[] };
export type OperatorLedger = Schemas["OperatorLedger"];
export type Span = Schemas["Span"];
export type Trace = Schemas["Trace"];
export type TraceList = Schemas["TraceList"];
export type DeadLetterPage = Schemas["DeadLetterPage"];
export type DeadLetter = Schemas["DeadLetter"];
export type AccountPage = Schemas["AccountPage"];
export type OperatedAccount = Schemas["OperatedAccount"];

export type Level = Schemas["Level"];
export type Tier = Schemas["Tier"];
export type Moment = Schemas["DigestMoment"];
export type Authenticity = Schemas["Authenticity"];
export type Custody = Schemas["Custody"];
export type Provenance = Schemas["Provenance"];
export type Outcome = Schemas["Outcome"];
export type Detection = Schemas["SeenThing"];
export type Sentence = Schemas["Sentence"];
export type Reason = Schemas["Reason"];

/** A presigned picture: the URL answers for at most a minute. */
export type Picture = Schemas["Picture"];
export type Run = Schemas["Run"];
export type RunAction = Schemas["RunAction"];
export type RunGroup = Schemas["RunGroup"];
export type RunItem = Schemas["RunItem"];
export type RunGroupDecision = Schemas["RunGroupDecision"];
export type Question = Schemas["Question"];
export type QuestionPage = Schemas["QuestionPage"];
export type Verdict = Schemas["AnswerVerdict"];
export type Source = Schemas["Source"];
export type SourceChange = Schemas["SourceChange"];
