cask "casebinder" do
  version "[[.Version]]"
  sha256 "[[.Dmg.SHA256]]"

  url "[[.URL]]/[[.Dmg.Name]]"
  name "Casebinder"
  desc "Offline after-sales desk for orders, disputes and evidence bundles"
  homepage "[[.Home]]"

  depends_on macos: ">= :monterey"

  app "Casebinder.app"
  binary "#{appdir}/Casebinder.app/Contents/MacOS/casebinder"

  zap trash: [
    "~/Library/Caches/casebinder",
    "~/Library/Preferences/app.casebinder.desk.plist",
  ]
end
