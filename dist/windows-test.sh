# shellcheck shell=bash disable=SC2154 # read by dist/test
# What of Windows is its own, under Wine: windows, consoles, names, long paths, drives, files in use, the service.

export WINEPREFIX=$bench/wine WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' WINEARCH=win64

begin_wine() {
  rm -rf "$WINEPREFIX" && mkdir -p "$WINEPREFIX"
  wineboot --init >/dev/null 2>&1
  # Its own font of windows has no Chinese: so that the pictures of them can be read.
  wine reg add 'HKCU\Software\Wine\Fonts\Replacements' /v Tahoma /d 'WenQuanYi Zen Hei' /f >/dev/null 2>&1
  local gcc=x86_64-w64-mingw32-gcc program
  program=$bench/$(archive "$windows")
  # Every DLL it wants is one of the system's.
  if x86_64-w64-mingw32-objdump -p "$program/jixiao.exe" | grep -i 'DLL Name' |
    grep -viE 'Name: (kernel32|ntdll|msvcrt|ws2_32|userenv|advapi32|user32|ole32|oleaut32|shell32|combase|rpcrt4|bcrypt|bcryptprimitives|api-ms-win-[a-z0-9-]*)\.dll'; then
    fail "FAIL $windows: a DLL that Windows does not have"
  fi
  passed "$windows: no DLL but those of the system"
  # This Wine lacks a DLL that Windows has: for the test alone.
  "$gcc" -shared -O1 -o "$program/bcryptprimitives.dll" -x c - -ladvapi32 <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T size) { return SystemFunction036(to, (ULONG)size); }
C
  # A program that keeps a file for itself, as one does that saves: held FILE MILLISECONDS.
  "$gcc" -municode -O1 -o "$bench/held.exe" -x c - <<'C'
#include <stdio.h>
#include <windows.h>
int wmain(int count, wchar_t **args) {
  HANDLE file = CreateFileW(args[1], GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
  if (count < 3 || file == INVALID_HANDLE_VALUE) return 1;
  puts("held"); fflush(stdout);
  Sleep(_wtoi(args[2]));
  return 0;
}
C
}

end_wine() { wineserver --kill || true; }

# Keeps a file for itself, and returns once it does so.
hold() { # file, milliseconds
  coproc HELD { wine "$bench/held.exe" "$1" "$2" 2>>"$bench/events"; }
  read -r <&"${HELD[0]}" || fail "FAIL $windows: nothing holds $1"
}

fresh() { rm -rf "${bench:?}/$1" && mkdir -p "$bench/$1" && cd "$bench/$1" || exit; }

model='东湖区-办公大厅运行维护费-2021.xlsx'

windows_tests() {
  local place=$root/workbooks
  fresh win-drop
  cp "$place/$model" .
  expect "$windows: dropped without a command" 0 '总分 87.5' wined "$model"
  there "$windows: the result is beside the original" "${model%.xlsx}.已评分.xlsx"
  mkdir 项目 && cp "$place/$model" 项目/
  expect "$windows: a folder, and what failed" 3 '处理完毕：1 份，另有 1 份没有处理' wined 项目 没有.xlsx
  there "$windows: the result of a folder" "项目.已评分/${model%.xlsx}.已评分.xlsx"

  fresh win-paths
  local deep=$PWD
  for _ in 1 2 3 4 5 6; do deep+=/$(printf '很长的文件夹名称%.0s' 1 2 3 4 5 6); done
  mkdir -p "$deep" && cp "$place/$model" "$deep/甲.xlsx"
  [ "$(printf %s "$deep" | wc -m)" -gt 300 ] || fail "not long"
  expect "$windows: a path of more than 260 characters" 0 '总分 87.5' wined score "Z:${deep//\//\\}\\甲.xlsx"
  there "$windows: its result" "$deep/甲.已评分.xlsx"
  mkdir drive && cp "$place/$model" drive/甲.xlsx && ln -sfn "$PWD/drive" "$WINEPREFIX/dosdevices/e:"
  expect "$windows: a drive letter" 0 '总分 87.5' wined 'E:\甲.xlsx'
  there "$windows: its result" drive/甲.已评分.xlsx
  expect "$windows: a drive is no submission" 2 '不能把整个磁盘' wined "E:\\"

  fresh win-names
  mkdir -p in && cp "$place/$model" 'in/甲:乙?"丙|.xlsx'
  cp "$place/东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx" 'in/CON.xlsx'
  cp "$place/东湖区教体局-课后服务补助-自评-2023.xlsx" 'in/尾点 ..xlsx'
  (cd in && zip -q ../names.zip -- *)
  expect "$windows: names in an archive that Windows forbids" 1 '已评分 3' wined batch names.zip --out out
  [ "$(find out -name '*.已评分.xlsx' | wc -l)" = 3 ] || fail "FAIL $windows: $(find out)"
  passed "$windows: three results of such names"

  fresh win-console
  # The console shows characters, whatever its code page is; a pipe would get UTF-8.
  printf '@chcp 936\r\n@"%%JIXIAO%%" score --help\r\n' >run.cmd
  JIXIAO=$(winepath -w "$bench/$(archive "$windows")/jixiao.exe") \
    script --quiet --return --command 'wine cmd /c run.cmd' said </dev/null >/dev/null || fail "FAIL $windows: console" "$(cat said)"
  for words in 'code page: 936' '评分并写回工作簿'; do
    grep -q "$words" said || fail "FAIL $windows: a console of code page 936" "$(cat said)"
  done
  passed "$windows: a console of code page 936 is readable"

  fresh win-held
  cp "$place/$model" 甲.xlsx
  hold 甲.xlsx 2500
  expect "$windows: a file in use is waited for" 0 '总分 87.5' wined score 甲.xlsx
  wait
  hold 甲.xlsx 15000
  expect "$windows: a file that stays in use" 3 '请在 Excel 或 WPS 中保存并关闭该文件' wined score 甲.xlsx
  wait
  windows_watch "$place"
  windows_install "$place"
  windows_service "$place"
  windows_desktop "$place"
  cd "$root" || exit
}

results() { find "$1" -name '*.已评分*.xlsx' | wc -l; }

# Waits until so many results are there.
await() { # what is tested, how many, folder
  for _ in $(seq 90); do
    if [ "$(results "$3")" -ge "$2" ]; then passed "$1" && return 0; fi
    sleep 1
  done
  fail "FAIL $1: $(results "$3") results, not $2"
}

windows_watch() {
  fresh win-watch
  mkdir in
  # A comment of the package makes each another content.
  for number in $(seq 20); do cp "$1/$model" "in/$number.xlsx" && zip -q -z "in/$number.xlsx" <<<"$number"; done
  # Killed in the middle, several times: nothing is lost, and nothing done twice.
  for _ in 1 2 3; do
    wine "$bench/$(archive "$windows")/jixiao.exe" watch --inbox in --outbox out --settle 0 --jobs 1 >log 2>&1 &
    sleep $((3 + RANDOM % 4))
    end_at_once $!
  done
  wined watch --inbox in --outbox out --settle 0 --once >log 2>&1 || true
  local kept left
  kept=$(find archive rejected -name '*.xlsx' | wc -l) left=$(find in processing -name '*.xlsx' | wc -l)
  [ "$kept/$left" = 20/0 ] ||
    fail "FAIL $windows: watch: $(find . -name '*.xlsx')" "$(cat log)"
  passed "$windows: killed three times, the folder service loses nothing ($(results out) results)"

  fresh win-watch-held
  mkdir in && cp "$1/$model" in/甲.xlsx
  hold in/甲.xlsx 8000
  expect "$windows: the folder service leaves a file in use" 4 'in_use=true' \
    wined watch --inbox in --outbox out --settle 0 --once
  there "$windows: it waits in the inbox" in/甲.xlsx
  wait
  expect "$windows: and takes it once it is free" 0 'service ends' wined watch --inbox in --outbox out --settle 0 --once
}

# Ends a process of Wine that this test began, as if the power went.
end_at_once() { kill -KILL "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }

windows_install() {
  fresh win-install
  expect "$windows: install" 0 '发送到' wined install
  local user menu
  user=$(find "$WINEPREFIX/drive_c/users" -maxdepth 1 -mindepth 1 ! -name Public)
  menu=$user/AppData/Roaming/Microsoft/Windows/SendTo/绩效评分.lnk
  there "$windows: shortcut" "$menu"
  there "$windows: program of the user" "$user/AppData/Local/Programs/jixiao/jixiao.exe"
  cp "$bench/$(archive "$windows")/bcryptprimitives.dll" "$user/AppData/Local/Programs/jixiao/"
  # A name that a command file would take apart.
  cp "$1/$model" '甲&乙.xlsx'
  # Wine does not wait for what a shortcut starts.
  wine start "$(winepath -w "$menu")" "$(winepath -w "$PWD/甲&乙.xlsx")" >/dev/null 2>&1 </dev/null
  await "$windows: 发送到 scores, whatever the name" 1 .
  sleep 2
  rm "$user/AppData/Local/Programs/jixiao/bcryptprimitives.dll"
  expect "$windows: install --remove" 0 '已取消' wined install --remove
  if [ -e "$menu" ] || [ -e "$user/AppData/Local/Programs/jixiao" ]; then fail "FAIL $windows: something is left"; fi
  passed "$windows: nothing is left"
}

windows_service() {
  fresh win-service
  mkdir out log
  printf '[folders]\ninbox = "in"\noutbox = "out"\nbase = "."\nlog = "log"\n[keys]\ndir = "keys"\n' >jixiao.toml
  mkdir keys
  # Wine ends its services when no other program runs, and starts them when one does. It keeps no event log: what is written is
  # seen in the trace of the program that the services were begun with.
  wineserver --kill || true
  rm -f "$bench/events"
  touch alive && WINEDEBUG=-all,err+eventlog,trace+eventlog hold alive 200000
  expect "$windows: service install" 0 '服务已安装' wined service install jixiao.toml
  local source='HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\jixiao'
  expect "$windows: a source of the event log" 0 'EventCreate.exe' wine reg query "$source"
  expect "$windows: service start without its inbox" 0 '服务已启动' wined service start
  event "$windows: the event log says why the service does not work" err '错误：收件文件夹服务：设置文件有 1 处错误'
  mkdir in
  expect "$windows: service start" 0 '服务已启动' wined service start
  cp "$1/$model" in/甲.xlsx
  await "$windows: the service scores" 1 out
  expect "$windows: service stop" 0 '服务已停止' wined service stop
  grep -rq 'service ends' log || fail "FAIL $windows: the service was cut off" "$(cat log/*)"
  passed "$windows: the service ends by itself when it is stopped"
  event "$windows: the event log says that the service began" trace '收件文件夹服务已启动。'
  event "$windows: the event log says that the service ended" trace '收件文件夹服务已停止。'
  expect "$windows: service uninstall" 0 '服务已移去' wined service uninstall
  expect "$windows: no source of the event log is left" 1 '' wine reg query "$source"
  end_at_once "$HELD_PID"
}

# Waits for a text of the event log, of which Wine writes the beginning, characters as `\6536`.
event() { # what is tested, kind, regular expression
  local said=''
  for _ in $(seq 30); do
    said=$(grep "$2:eventlog:ReportEventW" "$bench/events" | sed -E 's/\\([0-9a-f]{4})/\\u\1/g') || true
    said=$(printf '%b' "$said")
    if grep -q -- "$3" <<<"$said"; then passed "$1" && return 0; fi
    sleep 1
  done
  fail "FAIL $1: $said" "$(tail -n 5 "$bench/events")"
}

# What the desktop does, on a screen that nobody sees: a program that is started there has a console of its own.
windows_desktop() {
  fresh win-desktop
  cp "$1/$model" 甲.xlsx
  Xvfb :77 -screen 0 1024x768x24 >/dev/null 2>&1 &
  local screen=$!
  export DISPLAY=:77
  # Wine looks for a screen when it begins.
  wineserver --kill || true
  sleep 2
  on_screen "$windows: a window says the result" Return "$(winepath -w "$PWD/甲.xlsx")"
  there "$windows: what was dropped is scored" 甲.已评分.xlsx
  [ -n "$(visible '^win-desktop$')" ] || fail "FAIL $windows: no folder in Explorer" "$(xwininfo -root -tree)"
  passed "$windows: Explorer shows its folder"
  # It would lie before the next window, and take its keys.
  wineserver --kill || true
  sleep 2
  # Escape is no answer to the offer of 发送到: the letter of 否 is.
  on_screen "$windows: a click shows a short help" alt+n
  end_at_once "$screen"
  unset DISPLAY
}

# Waits for a window of this name, and says its number.
visible() { # regular expression
  local window
  for _ in $(seq 60); do
    window=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1) && [ -n "$window" ] && echo "$window" && return 0
    sleep 1
  done
}

# Starts the program from the desktop, and waits for its window.
on_screen() { # what is tested, key that closes it, arguments
  local what=$1 key=$2 window picture
  picture=$bench/$(archive "$windows")-$2.png
  shift 2
  wine start "$(winepath -w "$bench/$(archive "$windows")/jixiao.exe")" "$@" >/dev/null 2>&1 </dev/null
  window=$(visible '^jixiao 绩效评分$')
  [ -n "$window" ] || fail "FAIL $what: no window" "$(xwininfo -root -tree)"
  sleep 1
  import -window root "$picture" || true
  xdotool key --window "$window" "$key"
  for _ in $(seq 30); do
    xdotool search --onlyvisible --name '^jixiao 绩效评分$' >/dev/null 2>&1 || { passed "$what" && return 0; }
    sleep 1
  done
  fail "FAIL $what: the window stays"
}
