import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import type { Role } from '../../shared/domain/roles.ts';
import { Loading } from '../ui/Loading.tsx';
import { NotFound } from './NotFound.tsx';
import type { AccountView } from './sessionStore.ts';

const Home = lazy(() => import('../home/Home.tsx').then((m) => ({ default: m.Home })));
const CasesScreen = lazy(() => import('../cases/CasesScreen.tsx').then((m) => ({ default: m.CasesScreen })));
const CaseScreen = lazy(() => import('../cases/CaseScreen.tsx').then((m) => ({ default: m.CaseScreen })));
const ChangeScreen = lazy(() => import('../plan/ChangeScreen.tsx').then((m) => ({ default: m.ChangeScreen })));
const CalendarScreen = lazy(() =>
  import('../calendar/CalendarScreen.tsx').then((m) => ({ default: m.CalendarScreen })),
);
const PlanScreen = lazy(() => import('../plan/PlanScreen.tsx').then((m) => ({ default: m.PlanScreen })));
const HearingsScreen = lazy(() =>
  import('../hearings/HearingsScreen.tsx').then((m) => ({ default: m.HearingsScreen })),
);
const PeopleScreen = lazy(() => import('../admin/PeopleScreen.tsx').then((m) => ({ default: m.PeopleScreen })));
const RoomsScreen = lazy(() => import('../admin/RoomsScreen.tsx').then((m) => ({ default: m.RoomsScreen })));
const RoomScreen = lazy(() => import('../admin/RoomScreen.tsx').then((m) => ({ default: m.RoomScreen })));
const SelfTestScreen = lazy(() =>
  import('../selfTest/SelfTestScreen.tsx').then((m) => ({ default: m.SelfTestScreen })),
);
const DisksScreen = lazy(() => import('../admin/DisksScreen.tsx').then((m) => ({ default: m.DisksScreen })));
const JurisdictionScreen = lazy(() =>
  import('../admin/JurisdictionScreen.tsx').then((m) => ({ default: m.JurisdictionScreen })),
);
const NetworkScreen = lazy(() => import('../network/NetworkScreen.tsx').then((m) => ({ default: m.NetworkScreen })));
const TimeScreen = lazy(() => import('../time/TimeScreen.tsx').then((m) => ({ default: m.TimeScreen })));
const AccountScreen = lazy(() => import('../account/AccountScreen.tsx').then((m) => ({ default: m.AccountScreen })));
const LogScreen = lazy(() => import('../log/LogScreen.tsx').then((m) => ({ default: m.LogScreen })));
const WitnessScreen = lazy(() => import('../log/WitnessScreen.tsx').then((m) => ({ default: m.WitnessScreen })));
const AccessScreen = lazy(() => import('../access/AccessScreen.tsx').then((m) => ({ default: m.AccessScreen })));
const InterviewScreen = lazy(() =>
  import('../interview/InterviewScreen.tsx').then((m) => ({ default: m.InterviewScreen })),
);
const PreparationScreen = lazy(() =>
  import('../preparation/PreparationScreen.tsx').then((m) => ({ default: m.PreparationScreen })),
);
const ArchiveScreen = lazy(() => import('../archive/ArchiveScreen.tsx').then((m) => ({ default: m.ArchiveScreen })));
const ExhibitScreen = lazy(() => import('../archive/ExhibitScreen.tsx').then((m) => ({ default: m.ExhibitScreen })));
const ProtocolScreen = lazy(() => import('../closing/ProtocolScreen.tsx').then((m) => ({ default: m.ProtocolScreen })));
const TranscriptScreen = lazy(() =>
  import('../closing/TranscriptScreen.tsx').then((m) => ({ default: m.TranscriptScreen })),
);
const VerifyBagScreen = lazy(() =>
  import('../archive/VerifyBagScreen.tsx').then((m) => ({ default: m.VerifyBagScreen })),
);
const HearingScreen = lazy(() => import('../hearing/HearingScreen.tsx').then((m) => ({ default: m.HearingScreen })));

/**
 * The places of the court by address. What a role has no business with is not offered; that it is also refused is the
 * station's work, whatever a screen shows.
 */
export function Routes({ account }: { readonly account: AccountView }) {
  const is = (...roles: readonly Role[]) => roles.includes(account.role);
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/">
          <Home account={account} />
        </Route>
        {is('investigator', 'clerk', 'judge') ? <Route path="/cases" component={CasesScreen} /> : null}
        {is('investigator') ? (
          <Route path="/cases/:caseId/plan">{({ caseId }) => <PlanScreen caseId={caseId} />}</Route>
        ) : null}
        {is('investigator') ? (
          <Route path="/cases/:caseId/plan/:id">{({ id }) => <ChangeScreen interview={id} />}</Route>
        ) : null}
        {is('investigator', 'operator') ? (
          <Route path="/calendar">
            <CalendarScreen plans={is('investigator')} />
          </Route>
        ) : null}
        {is('investigator', 'clerk', 'judge') ? (
          <Route path="/cases/:caseId">{({ caseId }) => <CaseScreen caseId={caseId} account={account} />}</Route>
        ) : null}
        {is('investigator') ? (
          <Route path="/interview/:id/preparation">{({ id }) => <PreparationScreen interview={id} />}</Route>
        ) : null}
        {is('investigator', 'operator') ? (
          <Route path="/interview/:id">{({ id }) => <InterviewScreen interview={id} />}</Route>
        ) : null}
        {is('investigator') ? (
          <Route path="/exhibit/:number/protocol">{({ number }) => <ProtocolScreen exhibit={number} />}</Route>
        ) : null}
        {is('investigator', 'clerk', 'judge') ? (
          <Route path="/exhibit/:number/transcript">{({ number }) => <TranscriptScreen exhibit={number} />}</Route>
        ) : null}
        {is('investigator', 'clerk', 'judge') ? (
          <Route path="/exhibit/:number">{({ number }) => <ExhibitScreen exhibit={number} />}</Route>
        ) : null}
        {is('clerk') ? <Route path="/archive" component={ArchiveScreen} /> : null}
        {is('judge', 'clerk') ? (
          <Route path="/hearings">
            <HearingsScreen account={account} />
          </Route>
        ) : null}
        {is('judge') ? <Route path="/hearing/:id">{({ id }) => <HearingScreen hearing={id} />}</Route> : null}
        {is('clerk', 'investigator', 'judge', 'auditor') ? <Route path="/verify" component={VerifyBagScreen} /> : null}
        {is('investigator', 'judge', 'clerk') ? (
          <Route path="/access">
            <AccessScreen account={account} />
          </Route>
        ) : null}
        {is('administrator') ? <Route path="/people" component={PeopleScreen} /> : null}
        {is('administrator', 'operator', 'investigator') ? (
          <Route path="/rooms/:id/check">{({ id }) => <SelfTestScreen id={id} />}</Route>
        ) : null}
        {is('administrator', 'operator') ? <Route path="/rooms" component={RoomsScreen} /> : null}
        {is('administrator', 'operator') ? (
          <Route path="/rooms/:id">{({ id }) => <RoomScreen id={id === 'new' ? null : id} />}</Route>
        ) : null}
        {is('administrator') ? <Route path="/disks" component={DisksScreen} /> : null}
        {is('administrator') ? <Route path="/rules" component={JurisdictionScreen} /> : null}
        {is('administrator') ? <Route path="/network" component={NetworkScreen} /> : null}
        {is('administrator') ? <Route path="/time" component={TimeScreen} /> : null}
        <Route path="/account">
          <AccountScreen account={account} />
        </Route>
        {is('auditor', 'administrator') ? <Route path="/log" component={LogScreen} /> : null}
        {is('clerk', 'auditor', 'administrator') ? (
          <Route path="/witnesses">
            <WitnessScreen administers={is('administrator')} />
          </Route>
        ) : null}
        <Route path="/index.html">
          <Redirect to="/" replace />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  );
}
