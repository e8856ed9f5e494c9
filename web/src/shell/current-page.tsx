/** The page that the address names. Each is a file of its own, and comes when it is first asked for: the inbox is there at once. */

import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Home } from "../household/home.tsx";
import { everywhere } from "../words/say.ts";
import { Link } from "./link.tsx";
import { Notice } from "./notice.tsx";
import { parse, type Route, usePath } from "./route.ts";
import { say } from "./say.ts";

/** @param load a file with one page in it */
function page<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}

const CameraPage = page(async () => (await import("../camera/camera-page.tsx")).CameraPage);
const ChecksPage = page(async () => (await import("../check/checks-page.tsx")).ChecksPage);
const DayPage = page(async () => (await import("../day/day-page.tsx")).DayPage);
const DevicesPage = page(async () => (await import("../device/devices-page.tsx")).DevicesPage);
const DigestPage = page(async () => (await import("../digest/digest-page.tsx")).DigestPage);
const EndpointsPage = page(async () => (await import("../endpoint/endpoints-page.tsx")).EndpointsPage);
const EnrolPage = page(async () => (await import("../device/enrol-page.tsx")).EnrolPage);
const GatewaysPage = page(async () => (await import("../gateway/gateways-page.tsx")).GatewaysPage);
const LedgerPage = page(async () => (await import("../ledger/ledger-page.tsx")).LedgerPage);
const PeoplePage = page(async () => (await import("../people/people-page.tsx")).PeoplePage);
const PlanPage = page(async () => (await import("../plan/plan-page.tsx")).PlanPage);
const QuestionsPage = page(async () => (await import("../question/questions-page.tsx")).QuestionsPage);
const RunPage = page(async () => (await import("../run/run-page.tsx")).RunPage);
const RunsPage = page(async () => (await import("../run/runs-page.tsx")).RunsPage);
const ScenePage = page(async () => (await import("../scene/scene-page.tsx")).ScenePage);
const SettingsPage = page(async () => (await import("../settings/settings-page.tsx")).SettingsPage);
const SourcesPage = page(async () => (await import("../source/sources-page.tsx")).SourcesPage);
const DeliveriesPage = page(async () => (await import("../delivery/deliveries-page.tsx")).DeliveriesPage);
const TrendsPage = page(async () => (await import("../trend/trends-page.tsx")).TrendsPage);

export function CurrentPage() {
  const path = usePath();
  return (
    <Fallen key={path}>
      <Suspense fallback={<Coming />}>
        <Chosen route={parse(path)} />
      </Suspense>
    </Fallen>
  );
}

function Chosen({ route }: { route: Route }) {
  switch (route.page) {
    case "home":
      return <Home />;
    case "camera":
      return <CameraPage />;
    case "checks":
      return <ChecksPage />;
    case "day":
      return <DayPage date={route.date} />;
    case "devices":
      return <DevicesPage />;
    case "enrol":
      return <EnrolPage />;
    case "endpoints":
      return <EndpointsPage />;
    case "gateways":
      return <GatewaysPage />;
    case "ledger":
      return <LedgerPage />;
    case "runs":
      return <RunsPage />;
    case "run":
      return <RunPage key={route.id} id={route.id} />;
    case "questions":
      return <QuestionsPage key={route.run} run={route.run} />;
    case "sources":
      return <SourcesPage />;
    case "people":
      return <PeoplePage />;
    case "plan":
      return <PlanPage />;
    case "scene":
      return <ScenePage key={route.deviceId} deviceId={route.deviceId} />;
    case "settings":
      return <SettingsPage />;
    case "deliveries":
      return <DeliveriesPage />;
    case "trends":
      return <TrendsPage />;
    case "digest":
      return <DigestPage key={route.id} id={route.id} />;
    case "unknown":
      return <Unknown />;
  }
}

function Coming() {
  return <main id="content" className="page" aria-busy="true" aria-label={everywhere.loading} />;
}

function Unknown() {
  return (
    <main id="content" className="page">
      <Notice title={say.noSuchPage} />
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
    </main>
  );
}

/** A page whose file does not come, as after an update or without a network, says so instead of leaving nothing. */
class Fallen extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state = { failure: undefined as unknown };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <main id="content" className="page">
        <Notice
          title={say.pageNotLoaded}
          detail={say.pageNotLoadedWhy}
          action={say.loadAgain}
          onAction={() => location.reload()}
        />
      </main>
    );
  }
}
