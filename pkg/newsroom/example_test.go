package newsroom_test

import (
	"context"
	"fmt"
	"log"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

func ExampleRoom_Pages() {
	room, err := newsroom.Start(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer room.Close()

	for _, page := range room.Pages() {
		if page.Story == "" {
			fmt.Println(page.Stage, page.Reason, page.URL)
		}
	}
	// Output:
	// extract homePage http://www.wendelauer-zeitung.example/
	// fetch notFound http://portalderledger.example/2025/06/31/regatta-postponed/
	// extract sectionPage http://www.farwater.example/en/business/s-1101
	// fetch robots http://www.farwater.example/en/preview/canal-debate/a-71955555
	// extract errorPage http://www.wendelauer-zeitung.example/kultur/orgelsommer-programm-109921.html
}
