/** Who is in the account, and what they do. */
import type { Role } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

type RoleWords = { name: string; you: string; may: string; one: string };

export const say = spoken("people", {
  roles: {
    owner: {
      name: "Owner",
      you: "You own it",
      may: "decides everything: people, devices, settings",
      one: "One owner",
    },
    member: {
      name: "Member",
      you: "You are a member",
      may: "sees everything, and asks for reviews",
      one: "One member",
    },
    viewer: { name: "Viewer", you: "You may look", may: "sees what was seen", one: "One viewer" },
  } satisfies Readonly<Record<Role, RoleWords>>,
  invites: (by: string, email: string, role: Role) =>
    `${by} invites you (${email}) as ${
      {
        owner: "owner, who decides everything: people, devices, settings",
        member: "member, who sees everything, and asks for reviews",
        viewer: "viewer, who sees what was seen",
      }[role]
    }.`,
  whichAccount: "Which account?",
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  noInvitation: "This invitation is no longer good",
  noInvitationWhy: "It was used, has ended or was taken back. Ask for a new one.",
  yourName: "Your name",
  joining: "Joining…",
  join: "Join",
  invite: "Invite somebody",
  inviteAs: "As",
  sendLink: "Send this link to one person; it is shown this once and is good for seven days:",
  until: (when: string) => `until ${when}`,
  takeBack: "Take back",
  members: "Members",
  nameOfYou: (name: string) => `${name} (you)`,
  roleOf: (name: string) => `Role of ${name}`,
  removeMember: (name: string) => `Remove ${name}`,
  leave: "Leave the account",
  home: "Home",
  welcome: "Welcome",
  giveNames: (email: string) =>
    `You are signed in as ${email}. Give your account a name and its first place.`,
  accountName: "The account’s name",
  firstPlace: "Its first place",
  timeZone: "Time zone",
  beginsAsLite: "It begins as Lite, which costs nothing: every event is assessed and explained.",
  opening: "Opening…",
  openAccount: "Open the account",
  yourPasskeys: "Your passkeys",
  whatPasskeysDo: "A passkey signs you in with your fingerprint, face or screen lock, without a code.",
  passkey: "Passkey",
  since: (when: string) => `since ${when}`,
  thisDevice: "This device",
  addPasskey: "Add a passkey",
  pageTitle: "Vigil · People",
  people: "People",
  whatWasDone: "What was done",
  tokens: "Tokens for programs",
  whatFor: "What it is for",
  goodFor: "Good for",
  days: (count: number) => `${count} days`,
  makeToken: "Make a token",
  tokenOnce: "The token, shown this once:",
  byOperator: "Made by an operator",
  endless: "without an end",
  notUsed: "not used yet",
  used: (when: string) => `used ${when}`,
});
