//! A service of the system: installed, started, stopped, removed, and run.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::time::Duration;

use windows_service::service::{
    ServiceAccess, ServiceAction, ServiceActionType, ServiceControl, ServiceControlAccept,
    ServiceErrorControl, ServiceExitCode, ServiceFailureActions, ServiceFailureResetPeriod, ServiceInfo,
    ServiceStartType, ServiceState, ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{define_windows_service, service_dispatcher};

use crate::events;

/// What the service is called.
pub const NAME: &str = "jixiao";
/// How long the service may take to end: what is under way gets 20 seconds.
const ENDING: Duration = Duration::from_secs(60);
/// After how many seconds a service that failed is started again: the first time, the second, each further time of a day. Each
/// failure is an event in the log of the system, which shall not fill overnight.
const AGAIN: [u64; 3] = [10, 60, 300];

/// A wish to end reaches the service by this.
pub type Stop = mpsc::Receiver<()>;

/// What is to be installed.
#[derive(Debug)]
pub struct Service {
    /// The name that a person sees.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments, where the system starts it.
    pub arguments: Vec<OsString>,
    /// The account it runs under, which needs no password.
    pub account: &'static str,
}

/// What the service does; gives its exit code.
type Work = Box<dyn FnOnce(Stop) -> u8 + Send>;

/// The system calls a function without a context, so what it is to do waits here.
static WORK: OnceLock<Mutex<Option<Work>>> = OnceLock::new();

fn manager(access: ServiceManagerAccess) -> io::Result<ServiceManager> {
    ServiceManager::local_computer(None::<&OsStr>, access).map_err(failed)
}

/// The system's own error where there is one, for it says why.
fn failed(error: windows_service::Error) -> io::Error {
    match error {
        windows_service::Error::Winapi(cause) => cause,
        other => io::Error::other(other),
    }
}

/// Installs the service, which starts with the system, and its place in the event log. Whether it is started again, too, when it
/// failed: not every system takes that.
pub fn install(service: &Service) -> io::Result<bool> {
    let manager = manager(ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE)?;
    events::register()?;
    let info = ServiceInfo {
        name: NAME.into(),
        display_name: service.title.clone().into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: service.program.clone(),
        launch_arguments: service.arguments.clone(),
        dependencies: Vec::new(),
        account_name: Some(service.account.into()),
        account_password: None,
    };
    let access = ServiceAccess::CHANGE_CONFIG | ServiceAccess::START;
    let made = manager.create_service(&info, access).map_err(failed)?;
    made.set_description(&service.description).map_err(failed)?;
    Ok(restarts(&made).is_ok())
}

fn restarts(made: &windows_service::service::Service) -> windows_service::Result<()> {
    let again = |after| {
        let delay = Duration::from_secs(after);
        ServiceAction { action_type: ServiceActionType::Restart, delay }
    };
    made.update_failure_actions(ServiceFailureActions {
        reset_period: ServiceFailureResetPeriod::After(Duration::from_secs(24 * 60 * 60)),
        reboot_msg: None,
        command: None,
        actions: Some(AGAIN.map(again).to_vec()),
    })?;
    made.set_failure_actions_on_non_crash_failures(true)
}

fn opened(access: ServiceAccess) -> io::Result<windows_service::service::Service> {
    manager(ServiceManagerAccess::CONNECT)?.open_service(NAME, access).map_err(failed)
}

/// Starts the service.
pub fn start() -> io::Result<()> {
    opened(ServiceAccess::START)?.start::<&OsStr>(&[]).map_err(failed)
}

/// Stops the service and waits until it has ended.
pub fn stop() -> io::Result<()> {
    let service = opened(ServiceAccess::STOP | ServiceAccess::QUERY_STATUS)?;
    let mut status = service.stop().map_err(failed)?;
    let mut waits = (0..ENDING.as_secs()).map(|_| Duration::from_secs(1));
    while status.current_state != ServiceState::Stopped {
        std::thread::sleep(waits.next().ok_or(io::ErrorKind::TimedOut)?);
        status = service.query_status().map_err(failed)?;
    }
    Ok(())
}

/// Removes the service; one that runs goes when it ends.
pub fn uninstall() -> io::Result<()> {
    opened(ServiceAccess::DELETE)?.delete().map_err(failed)?;
    match events::unregister() {
        // Who installed the service wrote no events yet.
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Runs as the service; the system has started this process for it. Gives no answer before the service has ended.
pub fn run(work: Work) -> io::Result<()> {
    let place = WORK.get_or_init(Mutex::default);
    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(work);
    service_dispatcher::start(NAME, ffi_service_main).map_err(failed)
}

define_windows_service!(ffi_service_main, service_main);

fn service_main(_: Vec<OsString>) {
    let taken = WORK.get().and_then(|place| place.lock().unwrap_or_else(PoisonError::into_inner).take());
    // Without work, or without a line to the system, there is nobody to tell.
    if let Some(work) = taken {
        let _ = serve(work);
    }
}

fn serve(work: Work) -> windows_service::Result<()> {
    let (wish, stop) = mpsc::channel();
    let heard = move |control| match control {
        ServiceControl::Stop | ServiceControl::Shutdown | ServiceControl::Preshutdown => {
            // A service that has ended hears no more.
            let _ = wish.send(());
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let line = service_control_handler::register(NAME, heard)?;
    let status = |current_state, exit_code| ServiceStatus {
        service_type: ServiceType::OWN_PROCESS,
        current_state,
        controls_accepted: ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
        exit_code,
        checkpoint: 0,
        wait_hint: ENDING,
        process_id: None,
    };
    line.set_service_status(status(ServiceState::Running, ServiceExitCode::NO_ERROR))?;
    let code = work(stop);
    let code =
        if code == 0 { ServiceExitCode::NO_ERROR } else { ServiceExitCode::ServiceSpecific(code.into()) };
    line.set_service_status(status(ServiceState::Stopped, code))
}
